import type { Mailbox } from '../store/contract.ts'
import { above } from '../store/namespaces.ts'

/** What a LIST chooses (RFC 5258, RFC 6154): subscribed ones, ones of special use, and with `recursive` those above them. */
export type Selection = { readonly subscribed: boolean; readonly special: boolean; readonly recursive: boolean }

/** One line of a LIST: `mailbox` null for a level that is none itself; `childInfo`: only chosen for what is below it. */
export type Listed<Box extends Mailbox = Mailbox> = { readonly name: string; readonly mailbox: Box | null; readonly children: boolean; readonly childInfo: boolean }

/** Mailboxes, and levels above them that are none, which `matches` accepts and the selection wants; levels last. */
export function listed<Box extends Mailbox>(all: readonly Box[], matches: (name: string) => boolean, { subscribed, special, recursive }: Selection): readonly Listed<Box>[] {
  const byName = new Map(all.map((one) => [one.name, one]))
  const parents = new Set(all.flatMap(({ name }) => above(name)))
  const chosen = new Set(all.filter((one) => (!subscribed || one.subscribed) && (!special || one.special !== null)).map(({ name }) => name))
  // A name is told for the sake of what is below it only when that is not told itself (RFC 5258 3.5).
  const info = new Set(recursive ? [...chosen].filter((name) => !matches(name)).flatMap(above) : [])
  const isWanted = subscribed || special ? (name: string): boolean => chosen.has(name) || info.has(name) : (): boolean => true
  return [...byName.keys(), ...[...parents].filter((name) => !byName.has(name))]
    .filter((name) => matches(name) && isWanted(name))
    .map((name) => ({ name, mailbox: byName.get(name) ?? null, children: parents.has(name), childInfo: info.has(name) }))
}

/** For LSUB: a level above a subscribed mailbox that does not match itself is told as `\Noselect` (RFC 3501 6.3.9). */
export function listedSubscribed(all: readonly Mailbox[], matches: (name: string) => boolean): readonly { readonly name: string; readonly selectable: boolean }[] {
  const names = all.filter(({ subscribed }) => subscribed).map(({ name }) => name)
  const levels = new Set(names.filter((name) => !matches(name)).flatMap(above).filter((name) => !names.includes(name)))
  return [...names.filter(matches).map((name) => ({ name, selectable: true })), ...[...levels].filter(matches).map((name) => ({ name, selectable: false }))]
}
