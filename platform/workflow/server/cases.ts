import type { ServerContext } from '#platform/db/server/context.ts'
import { actorOf } from '#platform/registry/server/module-server.ts'
import { whoOfActor } from './people.ts'
import { commandCase } from './run.ts'
import { variablesOf } from './variables.ts'

/** Ends what a case waits for before its time; ends with 409 `workflow.token.unknown` when it waits for nothing. */
export async function wakeCase(ctx: ServerContext, caseId: string): Promise<void> {
  const by = whoOfActor(actorOf(ctx))
  await commandCase(ctx, caseId, ({ ir, state }) => {
    const token = Object.values(state.tokens).find(({ node }) => ir.nodes[node]?.kind === 'wait') ?? ctx.fail('workflow.token.unknown')
    return { kind: 'wake', by, token: token.id }
  })
}

/** Tells a case that its record has changed: waits and later conditions follow the new values. */
export async function refreshCase(ctx: ServerContext, caseId: string): Promise<void> {
  await commandCase(ctx, caseId, ({ ir, record }) => ({ kind: 'set', by: ctx.actor === null ? null : whoOfActor(ctx.actor), variables: variablesOf(ir, record) }))
}
