/** A process that has done everything of an act but the commit, says so, and never ends: the kill test ends it. */
import { tmpdir } from 'node:os'
import { services } from '#apps/services.ts'
import type { Actor } from '#kit/context.ts'
import { proofModule } from '#test/proof-module.ts'
import { openRuntime } from '#test/runtime.ts'
import { Workflow } from '../contract.ts'

const { actor, task, revision, now } = JSON.parse(process.argv[3] ?? '{}') as { actor: Actor; task: string; revision: number; now: string }
const runtime = openRuntime(process.argv[2] ?? '', tmpdir(), { services, modules: [proofModule], clock: () => new Date(now) })
await runtime.command(actor, async (ctx) => {
  await ctx.use(Workflow).act(task, { operation: 'complete', outcome: 'approve', revision })
  process.stdout.write('in hand')
  return Promise.withResolvers<void>().promise
})
