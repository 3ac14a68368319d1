import { randomBytes } from 'node:crypto'
import { uuidV7 } from '#base/ids.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { actorOf } from '#platform/registry/server/module-server.ts'
import type { StartOptions } from '../contract.ts'
import type { Chosen } from '../core/command.ts'
import type { Who } from '../core/context.ts'
import type { Ir, NodeId } from '../core/ir.ts'
import { publishedIr } from './models/published.ts'
import { whoOfActor, whoOfPosts } from './people.ts'
import { recordOf } from './record.ts'
import { runCommand } from './run.ts'
import { variablesOf } from './variables.ts'

type Choices = Readonly<Record<string, readonly string[]>>

/** People chosen for later steps, by node. */
export async function chosenOf(ctx: ServerContext, choices: Choices): Promise<Chosen> {
  const entries = await Promise.all(Object.entries(choices).map(async ([node, posts]) => [node, await whoOfPosts(ctx, posts)] as const))
  return Object.fromEntries(entries)
}

/** Starts the published flow of an entity for a record, in the name of a post: 422 `workflow.person.unknown` when it is over. */
export async function startFor(ctx: ServerContext, entity: string, recordId: string, choices: Choices, { by: post, at }: StartOptions = {}): Promise<string> {
  const [by = whoOfActor(actorOf(ctx))] = post === undefined ? [] : await whoOfPosts(ctx, [post])
  return startCaseOf(ctx, await publishedIr(ctx, entity), entity, recordId, choices, by, at)
}

/** Starts a compiled flow, which is kept already (`saveIrs`), for a record. */
export async function startCaseOf(ctx: ServerContext, ir: Ir, entity: string, recordId: string, choices: Choices, by: Who, at?: NodeId): Promise<string> {
  const record = await recordOf(ctx, entity, recordId)
  const caseId = uuidV7(ctx.now.getTime(), randomBytes(10))
  const chosen = await chosenOf(ctx, choices)
  await runCommand(ctx, { ir, record, state: null }, { kind: 'start', case: caseId, by, variables: variablesOf(ir, record), chosen, ...(at !== undefined && { at }) })
  return caseId
}
