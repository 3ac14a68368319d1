import type { Mailbox } from '../store/contract.ts'
import { type Cursor, readList, readWord, wrong } from './cursor.ts'

/** Octets of the largest message that is taken (RFC 7889). */
export const APPEND_LIMIT = 104_857_600

const ITEMS = {
  MESSAGES: ({ messages }) => messages,
  RECENT: () => 0,
  UIDNEXT: ({ uidNext }) => uidNext,
  UIDVALIDITY: ({ uidValidity }) => uidValidity,
  UNSEEN: ({ unseen }) => unseen,
  DELETED: ({ deleted }) => deleted,
  SIZE: ({ size }) => size,
  HIGHESTMODSEQ: ({ modseq }) => modseq,
  MAILBOXID: ({ id }) => `(F${id})`,
  APPENDLIMIT: () => APPEND_LIMIT,
} as const satisfies Readonly<Record<string, (mailbox: Mailbox) => number | string>>

export type StatusItem = keyof typeof ITEMS
const isItem = (word: string): word is StatusItem => Object.hasOwn(ITEMS, word)

function readItem(cursor: Cursor): StatusItem {
  const word = readWord(cursor)
  return isItem(word) ? word : wrong(`unknown item ${word}`)
}

export const readStatusItems = (cursor: Cursor): readonly StatusItem[] => readList(cursor, readItem)

/** Values of a mailbox as STATUS tells them. */
export const statusText = (mailbox: Mailbox, items: readonly StatusItem[]): string => items.map((item) => `${item} ${ITEMS[item](mailbox)}`).join(' ')
