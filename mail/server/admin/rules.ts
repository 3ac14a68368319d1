import { sql } from 'kysely'
import type { z } from 'zod'
import { Audit } from '#platform/audit/contract.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { Notify } from '#platform/notify/contract.ts'
import type { allRules, endRule, RuledWire, setForwardPolicy } from '../../rules-api.ts'
import { readSetting, writeSetting } from '../../store/server/settings.ts'
import { dayOf, outsideOf } from '../rules.ts'
import { noticeWords } from '../words.ts'

type Row = Omit<RuledWire, 'forwards' | 'keepCopy'> & { readonly forwards: string[] | null; readonly keepCopy: boolean | null }

/** Accounts that forward or answer by themselves, by address. */
export async function listRules(ctx: ServerContext, { what, search = '', after = '', limit }: z.output<typeof allRules.input>): Promise<z.input<typeof allRules.output>> {
  const like = `%${search.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`
  const { rows } = await sql<Row>`
    select a.id, a.name, p.address, f.forwards, f.keep as "keepCopy",
      case when v.account_id is not null then jsonb_build_object('active', v.active, 'subject', v.subject, 'from', ${dayOf(sql`v.starts_at`)}, 'to', ${dayOf(sql`v.ends_at`)}) end as vacation
    from mail_account a join mail_address p on p.account_id = a.id and p.is_primary
    left join lateral (select array_agg(address order by address) as forwards, bool_or(keep_copy) as keep from mail_forward where account_id = a.id having count(*) > 0) f on true
    left join mail_vacation v on v.account_id = a.id and v.active
    where p.address > ${after} and (lower(a.name) like ${like} or p.address like ${like}) and case ${what ?? ''} when '' then f.forwards is not null or v.account_id is not null when 'vacation' then v.account_id is not null
      when 'forward' then f.forwards is not null
      else exists (select from unnest(f.forwards) t where not exists (select from mail_domain d where d.name = split_part(t, '@', 2)) and not exists (select from mail_address d where split_part(d.address, '@', 2) = split_part(t, '@', 2))) end
    order by p.address limit ${limit + 1}`.execute(ctx.db())
  const page = rows.slice(0, limit)
  const outside = await outsideOf(ctx, [...new Set(page.flatMap(({ forwards }) => forwards ?? []))])
  const items = page.map((row): RuledWire => ({ ...row, keepCopy: row.keepCopy ?? true, forwards: (row.forwards ?? []).map((address) => ({ address, outside: outside.has(address) })) }))
  return { outside: await readSetting(ctx, 'forward-outside'), items, next: rows.length > limit ? (items.at(-1)?.address ?? null) : null }
}

/** Ends what somebody has set, and tells him. */
export async function stopRule(ctx: ServerContext, { id, what }: z.output<typeof endRule.input>): Promise<z.input<typeof endRule.output>> {
  const { rows } = await sql<{ name: string; kind: string; owner_id: string | null }>`select name, kind, owner_id from mail_account where id = ${id}`.execute(ctx.db())
  const account = rows[0] ?? ctx.fail('mail.account.unknown')
  const { rows: gone } = what === 'forward'
    ? await sql<{ address: string }>`delete from mail_forward where account_id = ${id} returning address`.execute(ctx.db())
    : await sql<{ address: string }>`update mail_vacation set active = false where account_id = ${id} and active returning subject as address`.execute(ctx.db())
  await ctx.use(Audit).record({ action: 'mail.end-rule', object: { type: 'mail_account', id, title: account.name }, difference: { what, ended: gone.map(({ address }) => address) } })
  const whose = account.kind === 'person' && account.owner_id !== null ? [account.owner_id] : await writersOf(ctx, id)
  if (gone.length > 0 && whose.length > 0) await ctx.use(Notify).tell(whose, { kind: 'system', title: noticeWords[what](account.kind === 'person' ? null : account.name), text: noticeWords.ended, link: `/mail/rules?account=${id}` })
  return { done: true }
}

/** Those who write in the name of a mailbox that is nobody's own. */
async function writersOf(ctx: ServerContext, id: string): Promise<readonly string[]> {
  const { rows } = await sql<{ person_id: string }>`select person_id from mail_account_right where account_id = ${id} and may_send limit 200`.execute(ctx.db())
  return rows.map(({ person_id }) => person_id)
}

/** Whether mail may be forwarded to other domains. Forwards that are there stay, and wait. */
export async function permitOutside(ctx: ServerContext, { outside }: z.output<typeof setForwardPolicy.input>): Promise<z.input<typeof setForwardPolicy.output>> {
  await writeSetting(ctx, 'forward-outside', outside)
  await ctx.use(Audit).record({ action: 'mail.set-forward-policy', object: { type: 'mail_setting', id: 'forward-outside', title: 'forward-outside' }, difference: { outside } })
  return { done: true }
}
