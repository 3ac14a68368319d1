import { sql } from 'kysely'
import type { ServerContext } from '#platform/db/server/context.ts'
import { parseAddresses } from '../../../mime/address.ts'
import { fieldNamed, type Header, readHeader, valueNamed } from '../../../mime/header.ts'
import type { Handed } from '../../contract.ts'

/** Whether a machine may answer (RFC 3834 2): never to machines, lists and reports. */
export function mayAnswer(raw: Buffer, header: Header, sender: string): boolean {
  const submitted = valueNamed(raw, header, 'Auto-Submitted')
  if (submitted !== null && !/^no\b/i.test(submitted)) return false
  if (['List-Id', 'List-Unsubscribe', 'X-Auto-Response-Suppress'].some((name) => fieldNamed(header, name) !== undefined)) return false
  if (/^(?:bulk|list|junk)\b/i.test(valueNamed(raw, header, 'Precedence') ?? '')) return false
  return sender !== '' && !/^(?:mailer-daemon|postmaster|no-?reply|do-?not-?reply|listserv|majordomo)@|^owner-|-(?:request|bounces?)@/i.test(sender)
}

/** Addresses a message names as its recipients, in lower case. */
const named = (raw: Buffer, header: Header): readonly string[] =>
  ['To', 'Cc', 'Resent-To', 'Resent-Cc'].flatMap((name) => parseAddresses(valueNamed(raw, header, name) ?? '')).map(({ mailbox, host }) => `${mailbox ?? ''}@${host ?? ''}`.toLowerCase())

/** Notes automatic replies of accounts whose owner is away: for a sender once in a while, and only when the message named the owner. */
export async function oweVacations(ctx: ServerContext, submissionId: string, { raw, sender }: Handed, accounts: readonly string[]): Promise<void> {
  if (accounts.length === 0) return
  const header = readHeader(raw, 0, raw.length)
  if (!mayAnswer(raw, header, sender)) return
  await sql`
    with away as (
      select v.account_id, a.address, v.every_days from mail_vacation v join mail_address a on a.account_id = v.account_id
      where v.account_id = any(${[...accounts]}::uuid[]) and v.active and coalesce(v.starts_at, ${ctx.now}) <= ${ctx.now} and coalesce(v.ends_at, ${ctx.now}) >= ${ctx.now}
        and a.address = any(${[...named(raw, header)]}::text[])),
    first as (select distinct on (account_id) * from away order by account_id, address),
    told as (
      insert into mail_vacation_sent as s (account_id, sender, at) select account_id, ${sender.toLowerCase()}, ${ctx.now} from first
      on conflict (account_id, sender) do update set at = excluded.at
      where s.at <= excluded.at - (select every_days from first f where f.account_id = s.account_id) * interval '1 day' returning account_id)
    insert into mail_report (submission_id, kind, recipient, account_id, due_at)
    select ${submissionId}::uuid, 'vacation', f.address, f.account_id, ${ctx.now} from first f join told using (account_id)`.execute(ctx.db())
}
