import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { ServerContext } from '#platform/db/server/context.ts'
import { versionOf } from '#platform/db/server/versions.ts'
import { deviceName } from '../device.ts'
import type { SessionView } from '../contract.ts'
import type { IdentitySettings } from '../settings.ts'

const TOKEN_BYTES = 32
const MINUTE_MS = 60_000

const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest()

export interface LiveSession {
  readonly id: string
  readonly account_id: string
  readonly person_id: string
  readonly post_id: string
  readonly last_seen_at: Date
  /** Version of all posts and roles. */
  readonly rights: string
}

const since = (now: Date, minutes: number): Date => new Date(now.getTime() - minutes * MINUTE_MS)

/** The session of a token, if it lives: one query by its unique index, with the version that tells whether what is known of its actor still holds. */
export async function findSession(ctx: ServerContext, settings: IdentitySettings, token: string): Promise<LiveSession | undefined> {
  const { rows } = await sql<LiveSession>`
    select s.id, s.account_id, a.person_id, s.post_id, s.last_seen_at, ${versionOf('rights')} as rights
    from identity_session s join identity_account a on a.id = s.account_id
    where s.token_hash = ${hashOf(token)} and s.expires_at > ${ctx.now} and s.last_seen_at > ${since(ctx.now, settings.idleMinutes)} and a.state = 'active'`.execute(ctx.db())
  const session = rows[0]
  // Once a minute is enough for the idle limit, and keeps reading requests from writing.
  if (session !== undefined && session.last_seen_at < since(ctx.now, 1)) {
    await sql`update identity_session set last_seen_at = ${ctx.now} where id = ${session.id}`.execute(ctx.db())
  }
  return session
}

/** Opens a session with a token of its own, whatever the browser brought: what was known before signing in is worth nothing afterwards. */
export async function openSession(ctx: ServerContext, settings: IdentitySettings, accountId: string, postId: string): Promise<{ id: string; token: string }> {
  const id = randomUUID()
  const token = randomBytes(TOKEN_BYTES).toString('base64url')
  const expires = new Date(ctx.now.getTime() + settings.lifetimeHours * 60 * MINUTE_MS)
  await sql`
    insert into identity_session (id, token_hash, account_id, post_id, created_at, last_seen_at, expires_at, address, device)
    values (${id}, ${hashOf(token)}, ${accountId}, ${postId}, ${ctx.now}, ${ctx.now}, ${expires}, ${ctx.source.address ?? ''}, ${deviceName(ctx.source.device ?? '')})`.execute(ctx.db())
  return { id, token }
}

export async function setActingPost(ctx: ServerContext, sessionId: string, accountId: string, postId: string): Promise<void> {
  await sql`update identity_session set post_id = ${postId} where id = ${sessionId}`.execute(ctx.db())
  await sql`update identity_account set last_post_id = ${postId} where id = ${accountId}`.execute(ctx.db())
}

export async function endToken(ctx: ServerContext, token: string): Promise<void> {
  await sql`delete from identity_session where token_hash = ${hashOf(token)}`.execute(ctx.db())
}

/** Ends a session of this account; false when it has no such one. */
export async function endSession(ctx: ServerContext, accountId: string, id: string): Promise<boolean> {
  const { rows } = await sql`delete from identity_session where id = ${id} and account_id = ${accountId} returning 1`.execute(ctx.db())
  return rows.length > 0
}

/** Answers how many sessions this ended; those that were over by themselves do not count. */
export async function endAllSessions(ctx: ServerContext, settings: IdentitySettings, accountId: string, except?: string): Promise<number> {
  const { rows } = await sql<{ lived: boolean }>`
    delete from identity_session where account_id = ${accountId} and id is distinct from ${except ?? null}::uuid
    returning expires_at > ${ctx.now} and last_seen_at > ${since(ctx.now, settings.idleMinutes)} as lived`.execute(ctx.db())
  return rows.filter(({ lived }) => lived).length
}

export async function listSessions(ctx: ServerContext, settings: IdentitySettings, accountId: string, currentId: string): Promise<SessionView[]> {
  const { rows } = await sql<{ id: string; created_at: Date; last_seen_at: Date; address: string; device: string }>`
    select id, created_at, last_seen_at, address, device from identity_session
    where account_id = ${accountId} and expires_at > ${ctx.now} and last_seen_at > ${since(ctx.now, settings.idleMinutes)} order by last_seen_at desc, id`.execute(ctx.db())
  return rows.map((row) => ({
    id: row.id, createdAt: row.created_at.toISOString(), lastSeenAt: row.last_seen_at.toISOString(), address: row.address, device: row.device, current: row.id === currentId,
  }))
}

/** Removes what has ended by itself. */
export async function cleanUp(ctx: ServerContext, settings: IdentitySettings): Promise<void> {
  const db = ctx.db()
  await sql`delete from identity_session where expires_at <= ${ctx.now} or last_seen_at <= ${since(ctx.now, settings.idleMinutes)}`.execute(db)
  await sql`delete from identity_throttle where at < ${ctx.now}::timestamptz - interval '1 day' and blocked_until <= ${ctx.now}`.execute(db)
  await sql`delete from identity_network where at < ${ctx.now}::timestamptz - interval '90 days'`.execute(db)
}

/** Those of these sessions that live; asking does not keep them alive. */
export async function living(ctx: ServerContext, settings: IdentitySettings, ids: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select s.id from identity_session s join identity_account a on a.id = s.account_id
    where s.id = any(${ids}::uuid[]) and s.expires_at > ${ctx.now} and s.last_seen_at > ${since(ctx.now, settings.idleMinutes)} and a.state = 'active'`.execute(ctx.db())
  return rows.map((row) => row.id)
}
