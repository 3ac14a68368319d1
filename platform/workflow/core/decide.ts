import type { Decide, Vote } from '#kit/flow.ts'
import { type Actor, isLive } from './state.ts'

const REJECT = 'reject'

/** One voice of a joint decision; result null: not given yet. */
export type Ballot = { readonly result: string | null; readonly weight: number; readonly veto: boolean; readonly lead: boolean }

/**
 * Result of a task group as soon as it is certain, never before; null while it is open.
 * @param outcomes outcomes of the step; the first one passes
 * @param actors all actors of the task in order
 */
export const decide = (how: Decide, outcomes: readonly string[], actors: readonly Actor[]): string | null => resultOf(how, outcomes, ballotsOf(actors))

/** The same for voices of any kind, such as departments. */
export function resultOf(how: Decide, outcomes: readonly string[], given: readonly Ballot[]): string | null {
  const ballots = given.some(({ lead }) => lead) ? given : given.map((one, index) => ({ ...one, lead: index === 0 }))
  const pass = outcomes[0] ?? 'next'
  if (ballots.length === 0) return null
  if (how === 'any') return ballots.find(({ result }) => result !== null)?.result ?? null
  if (how === 'lead') return ballots.some(({ result }) => result === null) ? null : (ballots.find(({ lead }) => lead)?.result ?? pass)
  if (typeof how === 'object') return voted(how, pass, ballots)
  if (ballots.some(({ result }) => result === REJECT)) return REJECT
  if (ballots.some(({ result }) => result === null)) return null
  return ballots.length === 1 ? (ballots[0]?.result ?? pass) : pass
}

/** Voters: actors not added below another one and not taken out. */
function ballotsOf(actors: readonly Actor[]): readonly Ballot[] {
  return actors.filter((actor) => actor.parent === null && counts(actor)).map((actor) => ({ result: slotResult(actor, actors), weight: actor.weight, veto: actor.veto, lead: actor.role === 'lead' }))
}

const counts = (actor: Actor): boolean => isLive(actor) || actor.status === 'done'

/**
 * An actor's voice together with the signers added after and beside: one rejection rejects, the rest must all pass.
 * Signers added before and delegates only advise.
 */
export function slotResult(actor: Actor, actors: readonly Actor[]): string | null {
  const added = actors.filter((one) => one.parent === actor.id && counts(one) && (one.position === 'after' || one.position === 'beside'))
  const own = actor.status === 'done' ? actor.outcome : null
  const results = [own, ...added.map((one) => slotResult(one, actors))]
  if (results.includes(REJECT)) return REJECT
  return results.includes(null) ? null : own
}

/** Rounding of sums of weights must not decide a vote. */
const ENOUGH = 1e-9

/** A vote passes when it would whatever the others still do, even if they never vote, and fails when nothing they do could let it pass. */
function voted(how: Vote, pass: string, ballots: readonly Ballot[]): string | null {
  const weigh = (some: readonly Ballot[]): number => some.reduce((sum, one) => sum + (one.lead ? (how.leadWeight ?? one.weight) : one.weight), 0)
  const mayVeto = ({ veto, lead }: Ballot): boolean => veto || how.veto === 'any' || (how.veto === 'lead' && lead)
  const open = ballots.filter(({ result }) => result === null)
  const [approved, against] = [weigh(ballots.filter(({ result }) => result === pass)), weigh(ballots.filter(({ result }) => result === REJECT))]
  const most = approved + weigh(open)
  const base = (yes: number, no: number): number => (how.of === 'cast' ? yes + no : weigh(ballots))
  if (ballots.some((one) => one.result === REJECT && mayVeto(one))) return REJECT
  if (most === 0 || most < how.ratio * base(most, against) - ENOUGH) return REJECT
  const enough = ballots.length - open.length >= Math.min(how.quorum ?? 0, ballots.length)
  const certain = approved > 0 && approved >= how.ratio * base(approved, against + weigh(open)) - ENOUGH
  return certain && enough && !open.some(mayVeto) ? pass : null
}

/** Who must wait for whom: statuses of the unfinished actors that follow from the rest. */
export function statuses(how: Decide, claimedBy: number | null, actors: readonly Actor[]): ReadonlyMap<number, 'open' | 'waiting' | 'standby'> {
  const result = new Map<number, 'open' | 'waiting' | 'standby'>()
  const children = (id: number): readonly Actor[] => actors.filter((one) => one.parent === id && counts(one))
  const visit = (actor: Actor, turn: 'open' | 'waiting' | 'standby'): void => {
    const below = children(actor.id)
    const advised = below.every((one) => one.status === 'done' || (one.position !== 'before' && one.position !== 'delegate'))
    if (isLive(actor) && actor.status !== 'away') result.set(actor.id, turn === 'open' && !advised ? 'waiting' : turn)
    for (const child of below) visit(child, turn === 'open' && child.position === 'after' && actor.status !== 'done' ? 'waiting' : turn)
  }
  let turn = true
  for (const actor of actors.filter((one) => one.parent === null && counts(one))) {
    const taken = how === 'any' && claimedBy !== null && claimedBy !== actor.id
    visit(actor, turn ? (taken ? 'standby' : 'open') : 'waiting')
    if (how === 'in-turn' && slotResult(actor, actors) === null) turn = false
  }
  return result
}
