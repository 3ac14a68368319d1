import { isIPv6 } from 'node:net'
import { sql } from 'kysely'
import type { ServerContext } from '#platform/db/server/context.ts'

/** Servers send again from a neighbour: /24 and /64 count as one. */
export function networkOf(address: string): string {
  if (!isIPv6(address)) return address.split('.').slice(0, 3).join('.')
  const [head = '', tail = ''] = address.toLowerCase().split('::')
  const [left, right] = [head.split(':').filter((one) => one !== ''), tail.split(':').filter((one) => one !== '')]
  const groups = address.includes('::') ? [...left, ...Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0'), ...right] : left
  return groups.slice(0, 4).map((group) => group.replace(/^0+(?=.)/, '')).join(':')
}

/** Days after which a server that was patient once has to show it again, and one that never came back is forgotten. */
const KNOWN_DAYS = 36
const UNKNOWN_DAYS = 2

/** Whether a server may hand in for this pair now: it has come back after the wait, for this pair or for another one before (RFC 6647 5). */
export async function isPatient(ctx: ServerContext, { address, sender, recipient }: { readonly address: string; readonly sender: string; readonly recipient: string }, minutes: number): Promise<boolean> {
  const network = networkOf(address)
  const { rows } = await sql<{ patient: boolean }>`
    with known as (select from mail_greylist where network = ${network} and passed_at > ${ctx.now}::timestamptz - make_interval(days => ${KNOWN_DAYS}) limit 1),
    tried as (
      insert into mail_greylist as g (network, sender, recipient, first_at, passed_at)
      values (${network}, ${sender.toLowerCase()}, ${recipient.toLowerCase()}, ${ctx.now}, case when exists (select from known) then ${ctx.now}::timestamptz end)
      on conflict (network, sender, recipient) do update set passed_at = case when g.passed_at is not null or exists (select from known) or g.first_at <= ${ctx.now}::timestamptz - make_interval(mins => ${minutes}) then ${ctx.now}::timestamptz end
      returning passed_at)
    select passed_at is not null as patient from tried`.execute(ctx.db())
  return rows[0]?.patient === true
}

/** Forgets those who never came back and those who have been away for long. */
export async function forgetOld(ctx: ServerContext): Promise<void> {
  await sql`delete from mail_greylist where coalesce(passed_at, first_at) < ${ctx.now}::timestamptz - make_interval(days => case when passed_at is null then ${UNKNOWN_DAYS}::int else ${KNOWN_DAYS}::int end)`.execute(ctx.db())
}
