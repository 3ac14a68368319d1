import { hostname } from 'node:os'
import { sql } from 'kysely'
import type { ServerContext } from '#platform/db/server/context.ts'
import type { Runtime } from '#platform/registry/server/runtime.ts'
import { actorOf } from '#platform/registry/server/module-server.ts'
import type { Listening } from '#platform/config/contract.ts'
import type { PortId, PortState } from '../contract.ts'

/** This process among those on the database. */
export const PROCESS = `${hostname()}:${process.pid}`

/** Silent for longer, a process is taken to be gone. */
const FRESH = '30 seconds'

/** Ports an administrator has switched off. */
export async function switchedOff(db: Runtime['db']): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ id: string }>`select id from mail_port where not is_on`.execute(db)
  return new Set(rows.map(({ id }) => id))
}

/** Ports as clients should be told of them: those that are switched off are 0. */
export async function portsInUse({ db, listening }: Pick<Runtime, 'db' | 'listening'>): Promise<Listening['ports'] | undefined> {
  if (listening === undefined) return undefined
  const off = await switchedOff(db)
  const use = (id: PortId): number => (off.has(id) ? 0 : listening.ports[id])
  return { smtp: use('smtp'), submission: use('submission'), smtps: use('smtps'), lmtp: use('lmtp'), imap: use('imap'), imaps: use('imaps'), pop3: use('pop3'), pop3s: use('pop3s') }
}

export async function writeSwitch(ctx: ServerContext, id: string, on: boolean): Promise<void> {
  await sql`insert into mail_port (id, is_on, changed_at, changed_by) values (${id}, ${on}, ${ctx.now}, ${actorOf(ctx).name})
    on conflict (id) do update set is_on = excluded.is_on, changed_at = excluded.changed_at, changed_by = excluded.changed_by`.execute(ctx.db())
}

/** Tells the other processes how the ports of this one stand. */
export async function tellStates({ db, clock }: Pick<Runtime, 'db' | 'clock'>, states: readonly PortState[]): Promise<void> {
  const rows = JSON.stringify(states.map(({ id, port, state, reason, open, lastError }) => ({ id, port, state, reason, open, error: lastError?.text ?? null, error_at: lastError?.at ?? null })))
  await sql`
    insert into mail_port_state (process, id, port, state, reason, open, last_error, last_error_at, at)
    select ${PROCESS}, id, port, state, reason, open, error, error_at, ${clock()}::timestamptz
    from jsonb_to_recordset(${rows}::jsonb) as s(id text, port integer, state text, reason text, open integer, error text, error_at timestamptz)
    on conflict (process, id) do update set port = excluded.port, state = excluded.state, reason = excluded.reason, open = excluded.open, last_error = excluded.last_error, last_error_at = excluded.last_error_at, at = excluded.at`.execute(db)
  await sql`delete from mail_port_state where at < ${clock()}::timestamptz - interval '1 day'`.execute(db)
}

export async function forgetStates({ db }: Pick<Runtime, 'db'>): Promise<void> {
  await sql`delete from mail_port_state where process = ${PROCESS}`.execute(db)
}

export type Told = Pick<PortState, 'port' | 'state' | 'reason' | 'open' | 'lastError'> & { readonly id: string }

/** What the other processes have told lately. */
export async function toldStates(ctx: ServerContext): Promise<readonly Told[]> {
  const { rows } = await sql<{ id: string; port: number; state: PortState['state']; reason: string | null; open: number; last_error: string | null; last_error_at: Date | null }>`
    select id, port, state, reason, open, last_error, last_error_at from mail_port_state where process <> ${PROCESS} and at > ${ctx.now}::timestamptz - ${FRESH}::interval`.execute(ctx.db())
  return rows.map(({ last_error: text, last_error_at: at, ...row }) => ({ ...row, lastError: text === null || at === null ? null : { text, at: at.toISOString() } }))
}
