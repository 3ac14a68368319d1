import type { FlagChange } from '../contract.ts'
import { may, type Rights, settableFlags } from '../rights.ts'

/** System flags by their bit. */
const BITS = ['\\Seen', '\\Answered', '\\Flagged', '\\Deleted', '\\Draft'] as const
/** In the order in which they are told. */
const TOLD = BITS.map((name, bit) => [name, bit] as const).toSorted(([a], [b]) => (a < b ? -1 : 1))
export const SEEN = 1
export const DELETED = 8

/** Flags as they are kept: bits of the system flags, and keywords in their order. */
export type Kept = { readonly flags: number; readonly keywords: readonly string[] }

/** Keywords of one message beyond this number are left out. */
const MOST_KEYWORDS = 50

/** Flags as IMAP spells them. */
export const flagNames = ({ flags, keywords }: Kept): readonly string[] => [...TOLD.filter(([, bit]) => (flags & (1 << bit)) !== 0).map(([name]) => name), ...keywords]

export function keptFlags(names: readonly string[]): Kept {
  const bits = BITS.map((name, bit) => (names.includes(name) ? 1 << bit : 0))
  const keywords = [...new Set(names.filter((name) => !name.startsWith('\\')))]
  return { flags: bits.reduce((sum, bit) => sum | bit, 0), keywords: keywords.slice(0, MOST_KEYWORDS) }
}

/** Flags after a change by somebody with such rights: those that ask for others stay as they are. */
export function changedFlags(before: Kept, change: FlagChange, rights: Rights): Kept {
  const after = changedByAll(before, change)
  const mask = keptFlags(settableFlags(rights, BITS)).flags
  return { flags: (before.flags & ~mask) | (after.flags & mask), keywords: may(rights, 'w') ? after.keywords : before.keywords }
}

function changedByAll(before: Kept, { how, flags }: FlagChange): Kept {
  const named = keptFlags(flags)
  if (how === 'replace') return named
  if (how === 'remove') return { flags: before.flags & ~named.flags, keywords: before.keywords.filter((one) => !named.keywords.includes(one)) }
  return { flags: before.flags | named.flags, keywords: [...new Set([...before.keywords, ...named.keywords])].slice(0, MOST_KEYWORDS) }
}

export const sameFlags = (a: Kept, b: Kept): boolean => a.flags === b.flags && a.keywords.length === b.keywords.length && a.keywords.every((one) => b.keywords.includes(one))
