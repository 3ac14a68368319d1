/** Rights to a mailbox (RFC 4314 2.1): letters of `ALL_RIGHTS`, each once, in its order. Pure, for the server and the browser alike. */
export type Rights = string

/** Sees it, reads, keeps what was read, other flags, puts in, posts, makes mailboxes below, deletes it, marks as deleted, expunges, administers. */
export const ALL_RIGHTS: Rights = 'lrswipkxtea'

/** Letters of RFC 2086 and the rights they stand for (RFC 4314 2.1.1). */
const VIRTUAL: Readonly<Record<string, Rights>> = { c: 'kx', d: 'te' }

/** One of whom something is said: everybody of the district, an account, or the people of a unit. */
export type Subject = 'anyone' | `account:${string}` | `unit:${string}`

/** What is said of a subject; a negative one takes away. */
export type Grant = { readonly subject: Subject; readonly negative: boolean; readonly rights: Rights }

/** How somebody stands to the account of a mailbox: her own, one in whose name she writes, one that she reads by office, or that of others. */
export type Standing = 'owner' | 'writer' | 'reader' | 'other'

export type Viewer = { readonly account: string | null; readonly units: readonly string[]; readonly standing: Standing }

const AT_FIRST: Readonly<Record<Standing, Rights>> = { owner: ALL_RIGHTS, writer: ALL_RIGHTS, reader: 'lrsw', other: '' }
/** What cannot be taken away: otherwise nobody could give anything back. */
export const keptRights = (standing: Standing): Rights => (standing === 'owner' || standing === 'writer' ? 'la' : '')

const only = (wanted: (right: string) => boolean): Rights => [...ALL_RIGHTS].filter(wanted).join('')
export const union = (...all: readonly Rights[]): Rights => only((right) => all.some((one) => one.includes(right)))
const without = (from: Rights, taken: Rights): Rights => only((right) => from.includes(right) && !taken.includes(right))

/** Whether all of the rights needed are there. */
export const may = (rights: Rights, needed: Rights): boolean => [...needed].every((right) => rights.includes(right))

const concerns = ({ account, units }: Viewer, subject: Subject): boolean => subject === 'anyone' || subject === `account:${account}` || units.some((unit) => subject === `unit:${unit}`)

/**
 * What somebody may do in a mailbox: everything given to her, her units and everybody, less everything taken from any of them (RFC 4314 2). What is said of an owner
 * by herself stands in the place of all rights.
 */
export function rightsOf(viewer: Viewer, grants: readonly Grant[]): Rights {
  const said = grants.filter(({ subject }) => concerns(viewer, subject))
  const given = said.filter(({ negative }) => !negative)
  const isLimited = viewer.standing === 'owner' && given.some(({ subject }) => subject === `account:${viewer.account}`)
  const first = isLimited ? '' : AT_FIRST[viewer.standing]
  const taken = said.filter(({ negative }) => negative).map(({ rights }) => rights)
  return union(without(union(first, ...given.map(({ rights }) => rights)), union(...taken)), keptRights(viewer.standing))
}

/** Rights as a client writes them, the obsolete letters among them; null when one is unknown. */
export function readRights(written: string): Rights | null {
  const letters = [...written].map((letter) => VIRTUAL[letter] ?? letter).join('')
  return [...letters].every((letter) => ALL_RIGHTS.includes(letter)) ? only((right) => letters.includes(right)) : null
}

/** Rights after `+…`, `-…` or another whole set (RFC 4314 3.1); null when a letter is unknown. */
export function changedRights(before: Rights, written: string): Rights | null {
  const [sign, letters] = /^[+-]/.test(written) ? [written[0], written.slice(1)] : ['', written]
  const named = readRights(letters ?? '')
  if (named === null) return null
  return sign === '+' ? union(before, named) : sign === '-' ? without(before, named) : named
}

/** Rights as clients are told them, with an obsolete letter for whoever has some of what it stands for. */
export const toldRights = (rights: Rights): string => rights + Object.entries(VIRTUAL).filter(([, members]) => [...members].some((one) => rights.includes(one))).map(([letter]) => letter).join('')

/** The right that a flag asks for. */
export const flagRight = (flag: string): Rights => (flag === '\\Seen' ? 's' : flag === '\\Deleted' ? 't' : 'w')

/** Flags of those given that may be set. */
export const settableFlags = (rights: Rights, flags: readonly string[]): readonly string[] => flags.filter((flag) => may(rights, flagRight(flag)))
