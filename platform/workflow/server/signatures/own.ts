import { createHash, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { uuidV7 } from '#base/ids.ts'
import type { OwnSignatureWire } from '#kit/wire/signature.ts'
import { Audit } from '#platform/audit/contract.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { actorOf } from '#platform/registry/server/module-server.ts'
import { BOUNDS, checkPng } from './png.ts'

interface Own {
  readonly id: string
  readonly width: number
  readonly height: number
  readonly auto: boolean
  readonly created_at: Date
}

/** The signature a person has registered. */
export async function registeredOf(ctx: ServerContext, person: string): Promise<Own | undefined> {
  const { rows } = await sql<Own>`select id, width, height, auto, created_at from workflow_signature where person_id = ${person} and kind = 'registered' and retired_at is null`.execute(ctx.db())
  return rows[0]
}

/** Keeps a picture of the actor's; 422 `workflow.signature.*` when it is no fitting one. Answers its id. */
export async function keepPicture(ctx: ServerContext, png: string, kind: 'registered' | 'drawn', auto: boolean): Promise<string> {
  const bytes = Buffer.from(png, 'base64')
  const check = checkPng(bytes)
  if (!check.ok) return ctx.fail(`workflow.signature.${check.problem}`, { kilobytes: BOUNDS.bytes / 1024, ...BOUNDS })
  const id = uuidV7(ctx.now.getTime(), randomBytes(10))
  await sql`
    insert into workflow_signature (id, person_id, kind, png, sha256, width, height, auto, created_at)
    values (${id}, ${actorOf(ctx).personId}, ${kind}, ${bytes}, ${createHash('sha256').update(bytes).digest('hex')}, ${check.width}, ${check.height}, ${auto}, ${ctx.now})`.execute(ctx.db())
  return id
}

const retire = async (ctx: ServerContext): Promise<bigint> =>
  (await sql`update workflow_signature set retired_at = ${ctx.now} where person_id = ${actorOf(ctx).personId} and kind = 'registered' and retired_at is null`.execute(ctx.db())).numAffectedRows ?? 0n

/** Registers a picture as the actor's signature in place of the one before, which stays under what it has signed. */
export async function register(ctx: ServerContext, png: string, auto: boolean): Promise<void> {
  await retire(ctx)
  const id = await keepPicture(ctx, png, 'registered', auto)
  await ctx.use(Audit).record({ action: 'workflow.signature', object: { type: 'signature', id } })
}

export async function withdrawSignature(ctx: ServerContext): Promise<void> {
  if ((await retire(ctx)) === 0n) ctx.fail('workflow.signature.none')
  await ctx.use(Audit).record({ action: 'workflow.signature-withdraw', object: { type: 'signature', id: actorOf(ctx).personId } })
}

/** Whether it is put under every opinion without being asked. */
export async function setAuto(ctx: ServerContext, auto: boolean): Promise<void> {
  const { numAffectedRows } = await sql`update workflow_signature set auto = ${auto} where person_id = ${actorOf(ctx).personId} and kind = 'registered' and retired_at is null`.execute(ctx.db())
  if (numAffectedRows !== 1n) ctx.fail('workflow.signature.none')
}

export async function ownSignature(ctx: ServerContext): Promise<OwnSignatureWire> {
  const own = await registeredOf(ctx, actorOf(ctx).personId)
  return { signature: own === undefined ? null : { id: own.id, width: own.width, height: own.height, auto: own.auto, since: own.created_at.toISOString() } }
}
