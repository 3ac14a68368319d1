import { agencyWords, fill } from '../words.ts'
import type { Instant, StandIn, Who } from './context.ts'
import { whoKey } from './context.ts'

/** A delegation (工作委托) as the rules see it. `from` is its first moment, `until` the first one after it. */
export interface Delegation {
  readonly id: string
  readonly principal: string
  readonly delegate: Who
  readonly scope: 'all' | 'processes' | 'post'
  /** Under `processes`: kinds of records. */
  readonly processes: readonly string[]
  /** Kinds of records that stay with the principal. */
  readonly excluded: readonly string[]
  /** Under `post`: the post whose work is passed on. */
  readonly post: string | null
  /** Whether records with a secrecy grade are passed on too. */
  readonly secrets: boolean
  readonly shared: boolean
  readonly from: Instant
  readonly until: Instant
}

/** What a case is about, as far as delegations care. */
export interface Matter {
  readonly entity: string
  readonly secret: boolean
  readonly now: Instant
}

/** Most persons one after another who stand in for each other. */
export const MOST_HOPS = 5

const RANK = { post: 0, processes: 1, all: 2 } as const

function applies({ from, until, excluded, scope, processes, post, secrets }: Delegation, who: Pick<Who, 'post'>, { entity, secret, now }: Matter): boolean {
  if (from > now || until <= now || excluded.includes(entity) || (secret && !secrets)) return false
  return scope === 'all' || (scope === 'processes' ? processes.includes(entity) : post === who.post)
}

/** The delegation that passes on what a person gets in a post; the narrowest one wins, then the latest. */
export function delegationOf(delegations: readonly Delegation[], who: Pick<Who, 'person' | 'post'>, matter: Matter): Delegation | undefined {
  const own = delegations.filter((one) => one.principal === who.person && applies(one, who, matter))
  return own.toSorted((a, b) => RANK[a.scope] - RANK[b.scope] || b.from - a.from || (a.id < b.id ? 1 : -1))[0]
}

/**
 * Who stands in for somebody, along a chain of delegations (乙 委托 甲, 甲 委托 丙: 丙 代 乙). A chain that comes back to somebody in it, or is too
 * long, ends with the last person reached before; one that comes back to the principal leaves the work with the principal.
 */
export function standInOf(delegations: readonly Delegation[], principal: Who, matter: Matter): StandIn | null {
  const seen = new Set([principal.person])
  const first = delegationOf(delegations, principal, matter)
  let last: Delegation | undefined
  const names: string[] = []
  for (let next = first; next !== undefined && names.length < MOST_HOPS; next = delegationOf(delegations, next.delegate, matter)) {
    if (next.delegate.person === principal.person) return null
    if (seen.has(next.delegate.person)) break
    seen.add(next.delegate.person)
    names.push(next.delegate.name)
    last = next
  }
  if (first === undefined || last === undefined) return null
  const evidence = fill(names.length === 1 ? agencyWords.direct : agencyWords.chain, { principal: principal.name, delegate: last.delegate.name, through: names.slice(0, -1).join('、') })
  return { who: last.delegate, delegation: first.id, shared: first.shared, evidence }
}

/** True when a new delegation would close a circle with others of the same time: everybody's work would come back. */
export function leadsBack(delegations: readonly Delegation[], added: Pick<Delegation, 'principal' | 'delegate' | 'from' | 'until'>): boolean {
  const overlapping = delegations.filter(({ from, until }) => from < added.until && until > added.from)
  const open = [added.delegate.person]
  const seen = new Set<string>()
  for (let person = open.pop(); person !== undefined; person = open.pop()) {
    if (person === added.principal) return true
    if (seen.has(person)) continue
    seen.add(person)
    open.push(...overlapping.filter(({ principal }) => principal === person).map(({ delegate }) => delegate.person))
  }
  return false
}

/** True when two delegations of one person say different things about the same work at the same time. */
export function collides(a: Omit<Delegation, 'id'>, b: Omit<Delegation, 'id'>): boolean {
  if (a.principal !== b.principal || a.from >= b.until || b.from >= a.until || a.scope !== b.scope) return false
  if (a.scope === 'processes') return a.processes.some((one) => b.processes.includes(one))
  return a.scope === 'all' || a.post === b.post
}

/** Stand-ins of several people, by `whoKey`. */
export const standInsOf = (delegations: readonly Delegation[], people: readonly Who[], matter: Matter): ReadonlyMap<string, StandIn | null> =>
  new Map(people.map((who) => [whoKey(who), standInOf(delegations, who, matter)]))
