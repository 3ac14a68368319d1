import { type RawBuilder, sql } from 'kysely'
import type { ServerContext } from '#platform/db/server/context.ts'
import { KEYED } from '#platform/db/server/prepared.ts'
import { settingOn } from '../../store/server/settings.ts'
import { type Failed, failed } from '../replies.ts'

/** Where a recipient of an envelope leads in the end; `origin` is its index there, `via` the lists and forwards on the way. */
export type Target = { readonly origin: number; readonly address: string; readonly via: readonly string[] } & (
  | { readonly kind: 'local'; readonly accountId: string; readonly folder: string | null; readonly away: boolean }
  | { readonly kind: 'remote' }
  | { readonly kind: 'refused'; readonly reply: Failed }
)

type Step = { readonly origin: number; readonly address: string; readonly via: readonly string[] }

export type Found = {
  readonly address: string
  readonly account: { readonly id: string; readonly off: boolean; /** An automatic reply may be due. */ readonly away: boolean; readonly forwards: readonly string[]; readonly keep: boolean } | null
  readonly list: { readonly id: string; readonly posting: 'anyone' | 'inside' | 'members' } | null
  /** Its domain is one of ours. */
  readonly ours: boolean
  /** Behind the plus of an address. */
  readonly folder: string | null
}

/** Lists in lists and forwards of forwards. */
const MOST_LEVELS = 10
const MOST_TARGETS = 50_000

/** `Local+folder@Domain` without the folder, in lower case. */
export function plainAddress(address: string): { readonly whole: string; readonly base: string; readonly folder: string | null } {
  const whole = address.toLowerCase()
  const at = whole.lastIndexOf('@')
  const plus = whole.indexOf('+')
  if (plus < 1 || plus > at) return { whole, base: whole, folder: null }
  return { whole, base: whole.slice(0, plus) + whole.slice(at), folder: address.slice(plus + 1, at) || null }
}

type Row = { whole: string; base: string; matched: string | null; account_id: string | null; status: string | null; away: boolean; forwards: string[] | null; keep: boolean | null; list_id: string | null; posting: 'anyone' | 'inside' | 'members' | null; ours: boolean }

/** Whether an address is in a domain of ours. */
const inOurDomain = (address: RawBuilder<unknown>): RawBuilder<boolean> => sql<boolean>`(
  exists (select 1 from mail_domain d where d.name = split_part(${address}, '@', 2))
  or exists (select 1 from mail_address d where split_part(d.address, '@', 2) = split_part(${address}, '@', 2))
  or exists (select 1 from mail_list d where split_part(d.address, '@', 2) = split_part(${address}, '@', 2)))`

/** What is known about addresses: account, list, or at least the domain. One question for all of them. */
export async function findAddresses(ctx: ServerContext, addresses: readonly string[]): Promise<ReadonlyMap<string, Found>> {
  const asked = new Map(addresses.map((address) => [address, plainAddress(address)]))
  const wanted = JSON.stringify([...new Map([...asked.values()].map((one) => [one.whole, one])).values()])
  const { rows } = await sql<Row>`${sql.raw(KEYED)}
    select w.whole, w.base, coalesce(a.address, l.address) as matched, a.account_id, c.status, exists (select from mail_vacation v where v.account_id = a.account_id and v.active) as away, f.forwards, f.keep, l.id as list_id, l.posting,
      a.address is not null or l.address is not null or ${inOurDomain(sql`w.base`)} as ours
    from jsonb_to_recordset(${wanted}::jsonb) as w(whole text, base text)
    left join lateral (select address, account_id from mail_address where address in (w.whole, w.base) order by address = w.whole desc limit 1) a on true
    left join mail_account c on c.id = a.account_id
    left join lateral (select array_agg(address order by address) as forwards, bool_or(keep_copy) as keep from mail_forward t where account_id = a.account_id and (${settingOn('forward-outside')} or ${inOurDomain(sql`t.address`)}) having count(*) > 0) f on true
    left join mail_list l on l.address = w.whole and l.active and a.address is null`.execute(ctx.db())
  const found = new Map(rows.map((row) => [row.whole, row]))
  return new Map([...asked].map(([address, { whole, base, folder }]) => {
    const row = found.get(whole)
    return [address, {
      address: row?.matched ?? whole,
      account: typeof row?.account_id !== 'string' ? null : { id: row.account_id, off: row.status === 'off', away: row.away, forwards: row.forwards ?? [], keep: row.keep ?? true },
      list: typeof row?.list_id !== 'string' ? null : { id: row.list_id, posting: row.posting ?? 'inside' },
      ours: row?.ours ?? false,
      folder: row?.matched === base && base !== whole ? folder : null,
    }]
  }))
}

async function membersOf(ctx: ServerContext, ids: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<{ list_id: string; members: string[] }>`
    select list_id, array_agg(address order by address) as members from mail_list_member where list_id = any(${[...ids]}::uuid[]) group by list_id`.execute(ctx.db())
  return new Map(rows.map(({ list_id, members }) => [list_id, members]))
}

/** Who sends, as far as lists care. */
export type Poster = { readonly address: string; readonly accountId: string | null; readonly system: boolean }

/** Follows addresses through aliases, lists and forwards to their ends; an address is passed once for each recipient, so nothing goes round. */
export async function resolveRecipients(ctx: ServerContext, addresses: readonly string[], poster: Poster): Promise<readonly Target[]> {
  const targets: Target[] = []
  const passed = new Set<string>()
  let steps: readonly Step[] = addresses.map((address, origin) => ({ origin, address, via: [] }))
  for (let level = 0; steps.length > 0; level++) {
    if (level > MOST_LEVELS || targets.length + steps.length > MOST_TARGETS) return [...targets, ...steps.map((step) => ({ ...step, kind: 'refused' as const, reply: failed(554, '5.4.6', 'too many lists and forwards') }))]
    const fresh = steps.filter(({ origin, address }) => !passed.has(`${origin} ${address.toLowerCase()}`))
    for (const { origin, address } of fresh) passed.add(`${origin} ${address.toLowerCase()}`)
    const found = await findAddresses(ctx, fresh.map(({ address }) => address))
    const members = await membersOf(ctx, [...new Set([...found.values()].flatMap(({ list }) => list?.id ?? []))])
    const results = fresh.map((step) => follow(step, found.get(step.address), members, poster))
    targets.push(...results.flatMap(({ ends }) => ends))
    steps = results.flatMap(({ next }) => next)
  }
  const ended = new Set(targets.map(({ origin }) => origin))
  // Forwards that go round without keeping a copy, and lists nobody is in.
  const nowhere = addresses.flatMap((address, origin) => (ended.has(origin) ? [] : [{ origin, address, via: [], kind: 'refused' as const, reply: failed(554, '5.4.6', 'address leads nowhere') }]))
  return [...targets, ...nowhere]
}

type Followed = { readonly ends: readonly Target[]; readonly next: readonly Step[] }

function follow(step: Step, found: Found | undefined, members: ReadonlyMap<string, readonly string[]>, poster: Poster): Followed {
  const end = (target: { kind: 'remote' } | { kind: 'refused'; reply: Failed }): Followed => ({ ends: [{ ...step, ...target }], next: [] })
  if (found === undefined) return end({ kind: 'remote' })
  const onward = (to: readonly string[]): readonly Step[] => to.map((address) => ({ origin: step.origin, address, via: [...step.via, found.address] }))
  const { account, list, ours, folder } = found
  if (account !== null) {
    if (account.off) return end({ kind: 'refused', reply: failed(550, '5.2.1', 'mailbox is not in use') })
    return { ends: account.keep ? [{ ...step, kind: 'local', address: found.address, accountId: account.id, folder, away: account.away }] : [], next: onward(account.forwards) }
  }
  if (list === null) return end(ours ? { kind: 'refused', reply: failed(550, '5.1.1', 'no such mailbox') } : { kind: 'remote' })
  const inside = members.get(list.id) ?? []
  const may = poster.system || list.posting === 'anyone' || (poster.accountId !== null && (list.posting === 'inside' || inside.includes(poster.address.toLowerCase())))
  return may ? { ends: [], next: onward(inside) } : end({ kind: 'refused', reply: failed(550, '5.7.1', 'not allowed to write to this list') })
}
