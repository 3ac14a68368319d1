import type { AccountState, Box, Mailbox } from '../store/contract.ts'
import { may } from '../store/rights.ts'
import type { Events, Filter, NotifySpec } from './notify-spec.ts'
import type { StatusItem } from './status-items.ts'

/** Something to tell a client between its answers (RFC 5465 5). `cause` says what happened, so that a session can leave out what it did itself. */
export type Notice =
  | { readonly kind: 'list'; readonly cause: string; readonly name: string; readonly mailbox: Box | null; readonly children: boolean; readonly oldName: string | null }
  | { readonly kind: 'status'; readonly cause: string; readonly mailbox: Mailbox; readonly items: readonly StatusItem[] }
  | { readonly kind: 'metadata'; readonly cause: string; readonly name: string; readonly entries: readonly string[] }

/** What a session does itself, as the cause of a notice. */
export const cause = {
  created: (id: number): string => `created ${id}`,
  removed: (id: number): string => `removed ${id}`,
  renamed: (id: number): string => `renamed ${id}`,
  subscribed: (id: number, on: boolean): string => `subscribed ${id} ${on}`,
  filled: (id: number, uidNext: number, more: number): string => `filled ${id} ${uidNext} ${more}`,
  annotated: (id: number | null, entry: string): string => `annotated ${id ?? ''} ${entry}`,
}

type Named = Pick<Box, 'name' | 'subscribed' | 'root'>

function isIn(filter: Filter, { name, subscribed, root }: Named): boolean {
  switch (filter.kind) {
    // Addresses with a plus lead into any folder, so mail arrives everywhere.
    case 'inboxes':
    case 'personal': return root === null
    case 'subscribed': return subscribed
    case 'mailboxes': return filter.names.includes(name)
    default: return filter.names.some((one) => name === one || name.startsWith(`${one}/`))
  }
}

/** Whether an event is wanted of a mailbox as it was or as it is: groups add up. */
const wants = ({ groups }: NotifySpec, event: keyof Events, ...forms: readonly (Named | undefined)[]): boolean => groups.some(({ filter, events }) => events[event] && forms.some((one) => one !== undefined && isIn(filter, one)))

const parentOf = (name: string): string => name.slice(0, Math.max(0, name.lastIndexOf('/')))

const NOBODY: Pick<Mailbox, 'uidNext' | 'messages' | 'unseen' | 'modseq'> = { uidNext: 1, messages: 0, unseen: 0, modseq: 1 }

/** Values that a STATUS tells of new or expunged messages, or else of other flags; null when nothing is to be told. `other`: the name was that of another mailbox. */
function statusItems(spec: NotifySpec, before: Box | undefined, after: Box, other: boolean, condstore: boolean): readonly StatusItem[] | null {
  const known = before ?? NOBODY
  const [messages, flags] = [wants(spec, 'messages', after), wants(spec, 'flags', after)]
  const more: readonly StatusItem[] = condstore ? ['HIGHESTMODSEQ'] : []
  if (messages && (other || known.uidNext !== after.uidNext || known.messages !== after.messages)) return ['MESSAGES', 'UIDNEXT', 'UIDVALIDITY', 'UNSEEN', ...more]
  return flags && (condstore ? known.modseq !== after.modseq : known.unseen !== after.unseen) ? ['UIDVALIDITY', 'UNSEEN', ...more] : null
}

type Renamed = { readonly box: Box; readonly oldName: string | null }

/**
 * Steps by which a client comes from the names before to those of now: a level takes what is below it along, and a name is taken when it is free. Where names go round in a
 * circle there are no such steps, and the new names are told alone.
 */
function renamed(before: AccountState, is: ReadonlyMap<number, Box>): readonly Renamed[] {
  const names = new Map(before.mailboxes.filter(({ id }) => is.has(id)).map(({ id, name }) => [id, name]))
  const found: Renamed[] = []
  const finalName = (id: number): string => is.get(id)?.name ?? ''
  for (let left = 2 * names.size; ; left--) {
    const open = [...names].filter(([id, name]) => name !== finalName(id)).toSorted(([, one], [, other]) => one.length - other.length)
    const taken = new Set(names.values())
    const next = left > 0 ? open.find(([id]) => !taken.has(finalName(id))) : undefined
    if (next === undefined) return [...found, ...open.flatMap(([id]) => is.get(id) ?? []).map((box) => ({ box, oldName: null }))]
    const [id, oldName] = next
    for (const [one, name] of names) if (name === oldName || name.startsWith(`${oldName}/`)) names.set(one, `${finalName(id)}${name.slice(oldName.length)}`)
    const box = is.get(id)
    if (box !== undefined) found.push({ box, oldName })
  }
}

/** What happened to names and subscriptions, told by LIST: what is gone, what has another name, what is new, and the levels above, which count as affected when something is made or removed. */
function listNotices(spec: NotifySpec, before: AccountState, after: AccountState): readonly Notice[] {
  const [was, is] = [new Map(before.mailboxes.map((one) => [one.id, one])), new Map(after.mailboxes.map((one) => [one.id, one]))]
  const byName = new Map(after.mailboxes.map((one) => [one.name, one]))
  const levels = new Set(after.mailboxes.map(({ name }) => parentOf(name)))
  const line = (why: string, name: string, oldName: string | null = null, mailbox = byName.get(name) ?? null): Notice => ({ kind: 'list', cause: why, name, mailbox, children: levels.has(name), oldName })
  const removed = before.mailboxes.filter(({ id }) => !is.has(id)).map((box) => ({ box, why: cause.removed(box.id) }))
  const made = after.mailboxes.filter(({ id }) => !was.has(id)).map((box) => ({ box, why: cause.created(box.id) }))
  const parents = new Map([...removed, ...made].filter(({ box }) => box.name.includes('/')).map(({ box, why }) => [parentOf(box.name), { why, root: box.root }]))
  const renames = renamed(before, is)
  const told = new Set(renames.map(({ box }) => box.id))
  return [
    ...removed.filter(({ box }) => wants(spec, 'names', box)).map(({ box, why }) => line(why, box.name, null, null)),
    ...renames.filter(({ box }) => wants(spec, 'names', was.get(box.id), box)).map(({ box, oldName }) => line(cause.renamed(box.id), box.name, oldName)),
    ...made.filter(({ box }) => wants(spec, 'names', box)).map(({ box, why }) => line(why, box.name)),
    ...[...parents].filter(([name, { root }]) => wants(spec, 'names', byName.get(name) ?? { name, subscribed: false, root })).map(([name, { why }]) => line(why, name)),
    ...after.mailboxes.flatMap((one) => {
      const old = was.get(one.id)
      // What is made is subscribed to as well.
      const isTold = (old?.subscribed ?? false) === one.subscribed || ((old === undefined || told.has(one.id)) && wants(spec, 'names', old, one))
      return !isTold && wants(spec, 'subscriptions', old, one) ? [line(cause.subscribed(one.id, one.subscribed), one.name)] : []
    }),
  ]
}

function statusNotices(spec: NotifySpec, before: AccountState, after: AccountState, selectedId: number | null, condstore: boolean): readonly Notice[] {
  const was = new Map(before.mailboxes.map((one) => [one.id, one]))
  const names = new Map(before.mailboxes.map(({ id, name }) => [name, id]))
  return after.mailboxes.flatMap((mailbox): readonly Notice[] => {
    if (mailbox.id === selectedId || !may(mailbox.rights, 'r')) return []
    const old = was.get(mailbox.id)
    const items = statusItems(spec, old, mailbox, (names.get(mailbox.name) ?? mailbox.id) !== mailbox.id, condstore)
    return items === null ? [] : [{ kind: 'status', cause: cause.filled(mailbox.id, mailbox.uidNext, mailbox.messages - (old?.messages ?? 0)), mailbox, items }]
  })
}

/** Names of annotations that are new, have another value, or are gone. */
function metadataNotices(spec: NotifySpec, before: AccountState, after: AccountState): readonly Notice[] {
  const key = ({ mailboxId, entry }: AccountState['annotations'][number]): string => `${mailboxId ?? ''} ${entry}`
  const [was, is] = [new Map(before.annotations.map((one) => [key(one), one])), new Map(after.annotations.map((one) => [key(one), one]))]
  const changed = [...[...is].filter(([name, { version }]) => was.get(name)?.version !== version), ...[...was].filter(([name]) => !is.has(name))].map(([, one]) => one)
  const boxes = new Map(after.mailboxes.map((one) => [one.id, one]))
  return changed.flatMap(({ mailboxId, entry }): readonly Notice[] => {
    const box = mailboxId === null ? null : boxes.get(mailboxId)
    if (box === undefined || (box === null ? !spec.server : !wants(spec, 'annotations', box))) return []
    return [{ kind: 'metadata', cause: cause.annotated(mailboxId, entry), name: box?.name ?? '', entries: [entry] }]
  })
}

/** What to tell of the way from one state of an account to another; message events of the selected mailbox are told elsewhere. */
export const noticesOf = (spec: NotifySpec, before: AccountState, after: AccountState, selectedId: number | null, condstore: boolean): readonly Notice[] => [
  ...listNotices(spec, before, after), ...statusNotices(spec, before, after, selectedId, condstore), ...metadataNotices(spec, before, after),
]

/** What NOTIFY SET STATUS tells at first of each mailbox with message events (RFC 5465 3.1). */
export function firstStatus(spec: NotifySpec, { mailboxes }: AccountState, selectedId: number | null): readonly { readonly mailbox: Mailbox; readonly items: readonly StatusItem[] }[] {
  return mailboxes.flatMap((mailbox) => (mailbox.id === selectedId || !wants(spec, 'messages', mailbox) || !may(mailbox.rights, 'r') ? [] : [{ mailbox, items: ['MESSAGES', 'UIDNEXT', 'UIDVALIDITY', ...(wants(spec, 'flags', mailbox) ? ['HIGHESTMODSEQ' as const] : [])] as const }]))
}

/** Mailboxes with message events that may be seen and not read (RFC 5465 3.1). */
export const withoutAccess = (spec: NotifySpec, { mailboxes }: AccountState): readonly Box[] => mailboxes.filter((box) => !may(box.rights, 'r') && wants(spec, 'messages', box))
