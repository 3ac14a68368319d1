import type { Changes, Entry } from '../store/contract.ts'
import type { Rights } from '../store/rights.ts'
import { Refusal } from './store.ts'
import { rangesOf, runsOf, type SequenceSet } from './sequence-set.ts'

/**
 * What a client knows of its selected mailbox: the number of a message is its place in `uids` plus one, and changes only when the client
 * is told (RFC 9051 2.3.1.2). `modseq` is how far it has been told; `gone` are UIDs that are expunged and not told yet; `told` are MODSEQs of entries
 * that an answer has just told; `own` are UIDs of messages that this session itself put there and has not been told of; `saved` is the result that `$` stands for (RFC 5182).
 */
export type View = {
  readonly mailboxId: number
  readonly isOwn: boolean
  /** As they were when the account last looked: of mailboxes of others before each command. */
  rights: Rights
  readonly readOnly: boolean
  readonly uidValidity: number
  uids: number[]
  modseq: number
  gone: readonly number[]
  readonly told: Map<number, number>
  readonly own: Set<number>
  saved: readonly number[]
}

export type Numbered = { readonly number: number; readonly uid: number }

/** Messages of a set, ascending. Numbers beyond the last message are refused, UIDs that are not there are left out. */
export function membersOf(view: View, set: SequenceSet, byUid: boolean): readonly Numbered[] {
  if (set === '$') return view.saved.flatMap((uid) => numbered(view, uid))
  // Clients ask for 1:* before they look whether there is anything.
  if (view.uids.length === 0 && set.some((range) => range.includes('*'))) return []
  const ranges = rangesOf(set, byUid ? (view.uids.at(-1) ?? 0) : view.uids.length)
  const found: Numbered[] = []
  for (const [from, to] of ranges) {
    if (!byUid && to > view.uids.length) throw new Refusal(null, 'no such message')
    const first = byUid ? placeOf(view.uids, from) : from - 1
    for (let at = first; at < view.uids.length && (byUid ? (view.uids[at] ?? 0) <= to : at < to); at++) found.push({ number: at + 1, uid: view.uids[at] ?? 0 })
  }
  return found
}

/** UIDs of a set as ranges, which hold none that is not a member as far as the view goes. */
export function uidRanges(view: View, set: SequenceSet, byUid: boolean): readonly (readonly [number, number])[] {
  if (set === '$') return runsOf(view.saved)
  if (view.uids.length === 0 && set.some((range) => range.includes('*'))) return []
  const ranges = rangesOf(set, byUid ? (view.uids.at(-1) ?? 0) : view.uids.length)
  if (byUid) return ranges
  if ((ranges.at(-1)?.[1] ?? 0) > view.uids.length) throw new Refusal(null, 'no such message')
  return ranges.map(([from, to]) => [view.uids[from - 1] ?? 0, view.uids[to - 1] ?? 0])
}

/** Place of the first UID that is not smaller. */
function placeOf(uids: readonly number[], uid: number): number {
  let [low, high] = [0, uids.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((uids[middle] ?? 0) < uid) low = middle + 1
    else high = middle
  }
  return low
}

function numbered(view: View, uid: number): readonly Numbered[] {
  const at = placeOf(view.uids, uid)
  return view.uids[at] === uid ? [{ number: at + 1, uid }] : []
}

/** The number of a UID the client knows; null when it does not. */
export const numberOf = (view: View, uid: number): number | null => numbered(view, uid)[0]?.number ?? null

/** What to tell of changes: messages that are gone, last first so that each number is right when it is told; whether messages are new, and which of them others put there; old ones with other flags. */
export type Told = { readonly expunged: readonly Numbered[]; readonly exists: number | null; readonly fresh: readonly Numbered[]; readonly flags: readonly (Numbered & Pick<Entry, 'flags' | 'modseq'>)[] }

/**
 * Brings a view up to date. With `keepNumbers` messages that are gone stay, to be told after a later command: a client must not lose numbers
 * in the middle of one that uses them (RFC 9051 7.5.1).
 */
export function advance(view: View, { modseq, changed, vanished }: Changes, keepNumbers: boolean): Told {
  const gone = [...view.gone, ...vanished]
  const expunged = keepNumbers ? [] : [...new Set(gone)].flatMap((uid) => numbered(view, uid)).toSorted((a, b) => b.number - a.number)
  view.gone = keepNumbers ? gone : []
  if (expunged.length > 0) {
    const lost = new Set(expunged.map(({ uid }) => uid))
    view.uids = view.uids.filter((uid) => !lost.has(uid))
  }
  const last = view.uids.at(-1) ?? 0
  const fresh = changed.filter(({ uid }) => uid > last).map(({ uid }) => uid)
  // One by one: as arguments of one call, a hundred thousand would be too many.
  for (const uid of fresh) view.uids.push(uid)
  const flags = changed.filter(({ uid, modseq: at }) => uid <= last && view.told.get(uid) !== at).flatMap((entry) => numbered(view, entry.uid).map((one) => ({ ...one, flags: entry.flags, modseq: entry.modseq })))
  const others = fresh.flatMap((uid, at) => (view.own.has(uid) ? [] : [{ number: view.uids.length - fresh.length + at + 1, uid }]))
  view.told.clear()
  view.own.clear()
  view.modseq = modseq
  return { expunged, exists: fresh.length > 0 ? view.uids.length : null, fresh: others, flags }
}
