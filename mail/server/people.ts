import type { Address } from '../mime/address.ts'
import { decodeText } from '../mime/decode.ts'
import type { MailPersonWire } from '../api.ts'

const MOST_PEOPLE = 500

/** Addresses of a field for people: names decoded, groups left out. */
export const peopleOf = (addresses: readonly Address[] | null): MailPersonWire[] =>
  (addresses ?? []).filter(({ mailbox, host }) => mailbox !== null && host !== null).slice(0, MOST_PEOPLE).map(({ name, mailbox, host }) => ({ name: name === null ? '' : decodeText(name).slice(0, 200), address: `${mailbox}@${host}`.slice(0, 320) }))

export const nameOf = ({ name, address }: MailPersonWire): string => name || address

/** 林晓雯、顾云程等 5 人. */
export function namesOf(people: readonly MailPersonWire[]): string {
  const names = people.slice(0, 3).map(nameOf).join('、')
  return people.length > 3 ? `${names}等 ${people.length} 人` : names
}
