import type { Decide } from '#kit/flow.ts'
import { type Actor, isLive } from './state.ts'

const REJECT = 'reject'

type Slot = { readonly actor: Actor; readonly result: string | null }

/**
 * Result of a task group as soon as it is certain, never before; null while it is open.
 * @param outcomes outcomes of the step; the first one passes
 * @param actors all actors of the task in order
 */
export function decide(how: Decide, outcomes: readonly string[], actors: readonly Actor[]): string | null {
  const slots = slotsOf(actors)
  const pass = outcomes[0] ?? 'next'
  if (slots.length === 0) return null
  if (how === 'any') return slots.find((slot) => slot.result !== null)?.result ?? null
  if (how === 'lead') return slots.some((slot) => slot.result === null) ? null : (leadOf(slots)?.result ?? pass)
  if (typeof how === 'object') return ratio(how, pass, slots)
  if (slots.some((slot) => slot.result === REJECT)) return REJECT
  if (slots.some((slot) => slot.result === null)) return null
  return slots.length === 1 ? (slots[0]?.result ?? pass) : pass
}

/** Whoever leads: the first marked as lead, else the first. */
const leadOf = (slots: readonly Slot[]): Slot | undefined => slots.find((slot) => slot.actor.role === 'lead') ?? slots[0]

/** Voters: actors not added below another one and not taken out. */
function slotsOf(actors: readonly Actor[]): readonly Slot[] {
  return actors.filter((actor) => actor.parent === null && counts(actor)).map((actor) => ({ actor, result: slotResult(actor, actors) }))
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

function ratio(how: { readonly ratio: number; readonly quorum?: number }, pass: string, slots: readonly Slot[]): string | null {
  const weigh = (some: readonly Slot[]): number => some.reduce((sum, slot) => sum + slot.actor.weight, 0)
  const open = slots.filter((slot) => slot.result === null)
  const need = how.ratio * weigh(slots) - 1e-9
  const approved = weigh(slots.filter((slot) => slot.result === pass))
  if (slots.some((slot) => slot.actor.veto && slot.result === REJECT)) return REJECT
  if (approved + weigh(open) < need) return REJECT
  const vetoPending = open.some((slot) => slot.actor.veto)
  const enough = slots.length - open.length >= Math.min(how.quorum ?? 0, slots.length)
  return approved >= need && enough && !vetoPending ? pass : null
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
