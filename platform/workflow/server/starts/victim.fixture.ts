/** A process that has started the case of a timer but for the commit, says so, and never ends: the kill test ends it. */
import { services } from '#apps/services.ts'
import { service as identity } from '#platform/identity/server/index.ts'
import { proofModule } from '#test/proof-module.ts'
import { openRuntime } from '#test/runtime.ts'
import { fireStarts } from './timers.ts'

const held = async (): Promise<void> => {
  process.stdout.write('in hand')
  return Promise.withResolvers<void>().promise
}
const modules = [{ ...proofModule, server: { ...proofModule.server, effects: { ...proofModule.server.effects, 'proof.hold': held } } }]
const runtime = openRuntime(process.argv[2] ?? '', process.argv[4] ?? '', { services, modules, clock: () => new Date(process.argv[3] ?? '') })
await identity.sync?.(runtime)
await fireStarts(runtime)
