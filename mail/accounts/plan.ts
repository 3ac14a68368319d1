import { localPart, spelledName, spelledUnit } from './local-part.ts'
import { quotaAt, quotaOf, type SetQuotas } from './quotas.ts'

/** Somebody or some organisation that should have mail. `login` is null for organisations. */
export type Wanted = { readonly kind: 'person' | 'organisation'; readonly ownerId: string; readonly login: string | null; readonly name: string; readonly level: number; readonly active: boolean }

export type AddressKind = 'login' | 'pinyin' | 'former' | 'manual'

/** An account as it stands; `primary` and what kind it is. */
export type Standing = {
  readonly id: string; readonly kind: 'person' | 'organisation'; readonly ownerId: string; readonly login: string | null; readonly name: string; readonly status: 'active' | 'kept' | 'off'
  readonly quota: number; readonly quotaFixed: boolean; readonly primary: { readonly address: string; readonly kind: AddressKind } | null
}

export type NewAddress = { readonly ownerId: string; readonly address: string; readonly kind: AddressKind; readonly primary: boolean }
export type Update = { readonly id: string; readonly ownerId: string; readonly login: string | null; readonly name: string; readonly status: Standing['status']; readonly quota: number }

/** What has to be done so that accounts are as the directory wishes; nothing when they are. */
export type Plan = {
  readonly open: readonly { readonly ownerId: string; readonly kind: Wanted['kind']; readonly login: string | null; readonly name: string; readonly quota: number }[]
  readonly update: readonly Update[]
  readonly addresses: readonly NewAddress[]
}

export type Situation = {
  readonly wanted: readonly Wanted[]
  readonly standing: readonly Standing[]
  /** Every address and list that is given, and the owner it leads to; '' when that is nobody of the directory. */
  readonly taken: ReadonlyMap<string, string>
  readonly domain: string
  readonly quotas: SetQuotas
}

/**
 * Accounts from the directory: everybody gets the login as primary address, and the spelling of the name as a further one when nobody else is spelled
 * so. An address once given is never given to another. Whoever is gone keeps the account, marked `kept`; whoever comes back finds it as it was.
 */
export function planAccounts({ wanted, standing, taken, domain, quotas }: Situation): Plan {
  const given = new Map(taken)
  const byOwner = new Map(standing.map((one) => [one.ownerId, one]))
  const spelled = countSpellings(wanted)
  const [open, update, addresses]: [Plan['open'][number][], Update[], NewAddress[]] = [[], [], []]
  for (const one of wanted) {
    const account = byOwner.get(one.ownerId)
    if (account === undefined && !one.active) continue
    const quota = one.kind === 'organisation' ? quotaOf('organisation', quotas) : quotaAt(one.level, quotas)
    if (account === undefined) open.push({ ownerId: one.ownerId, kind: one.kind, login: one.login, name: one.name, quota })
    else update.push(...updated(account, one, quota))
    addresses.push(...addressesOf(one, account, { given, domain, spelled }))
  }
  const there = new Set(wanted.map(({ ownerId }) => ownerId))
  update.push(...standing.filter(({ ownerId, status }) => !there.has(ownerId) && status === 'active').map((one): Update => ({ ...one, status: 'kept' })))
  return { open, update, addresses }
}

function countSpellings(wanted: readonly Wanted[]): ReadonlyMap<string, number> {
  const counted = new Map<string, number>()
  for (const { kind, name } of wanted) if (kind === 'person') counted.set(spelledName(name), (counted.get(spelledName(name)) ?? 0) + 1)
  return counted
}

/** `off` is an administrator's word and stays. Who is gone keeps quota and name. */
function updated(account: Standing, { login, name, active }: Wanted, quota: number): readonly Update[] {
  const status = account.status === 'off' ? 'off' : active ? 'active' : 'kept'
  const after: Update = { id: account.id, ownerId: account.ownerId, login, name, status, quota: account.quotaFixed || !active ? account.quota : quota }
  const same = after.login === account.login && after.name === account.name && after.status === account.status && after.quota === account.quota
  return same ? [] : [after]
}

type Giving = { readonly given: Map<string, string>; readonly domain: string; readonly spelled: ReadonlyMap<string, number> }

function addressesOf(one: Wanted, account: Standing | undefined, giving: Giving): readonly NewAddress[] {
  if (!one.active) return []
  const base = one.kind === 'organisation' ? spelledUnit(one.name) : localPart(one.login ?? '') || spelledName(one.name)
  const found: NewAddress[] = []
  if (account?.primary?.kind !== 'manual') {
    const address = free(base || 'mail', one.ownerId, giving)
    if (account?.primary?.address !== address && !keepsNumber(account, base, giving.domain)) found.push({ ownerId: one.ownerId, address, kind: 'login', primary: true })
  }
  const spelling = one.kind === 'person' ? spelledName(one.name) : ''
  const alias = `${spelling}@${giving.domain}`
  if (spelling !== '' && giving.spelled.get(spelling) === 1 && !giving.given.has(alias)) {
    giving.given.set(alias, one.ownerId)
    found.push({ ownerId: one.ownerId, address: alias, kind: 'pinyin', primary: false })
  }
  return found
}

/** The primary address is the wished one with a number behind it, given when the plain one was another's: it stays. */
const keepsNumber = (account: Standing | undefined, base: string, domain: string): boolean =>
  account?.primary !== null && account?.primary !== undefined && new RegExp(`^${base.replaceAll('.', '\\.')}\\d+@${domain.replaceAll('.', '\\.')}$`).test(account.primary.address)

/** The first of base, base2, base3 … that is nobody else's. */
function free(base: string, ownerId: string, { given, domain }: Giving): string {
  for (let number = 1; ; number++) {
    const address = `${base}${number === 1 ? '' : number}@${domain}`
    const owner = given.get(address)
    if (owner !== undefined && owner !== ownerId) continue
    given.set(address, ownerId)
    return address
  }
}
