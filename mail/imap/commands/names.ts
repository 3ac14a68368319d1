import type { Box } from '../../store/contract.ts'
import { may, type Rights } from '../../store/rights.ts'
import { quoted } from '../answers.ts'
import { type Cursor, readAstring, wrong } from '../cursor.ts'
import { decodeMailboxName, encodeMailboxName } from '../mailbox-name.ts'
import type { Session } from '../session.ts'
import { type ImapAccount, Refusal } from '../store.ts'

/** A mailbox's name as kept, of the octets a client wrote: modified UTF-7, or UTF-8 once that is enabled. */
export function nameOf({ utf8 }: Session, octets: string): string {
  if (!utf8) return decodeMailboxName(octets) ?? wrong('mailbox name is not modified UTF-7')
  const name = Buffer.from(octets, 'latin1').toString('utf8')
  return name.includes('\u{fffd}') ? wrong('mailbox name is not UTF-8') : name
}

export const readMailboxName = (session: Session, cursor: Cursor): string => nameOf(session, readAstring(cursor))

/** A mailbox's name as the octets a client knows it by, without quotes. */
export const writtenName = ({ utf8 }: Session, name: string): string => (utf8 ? Buffer.from(name, 'utf8').toString('latin1') : encodeMailboxName(name))

/** A mailbox's name as the client reads it. */
export const mailboxText = (session: Session, name: string): string => (session.utf8 ? `"${writtenName(session, name).replace(/["\\]/g, '\\$&')}"` : quoted(writtenName(session, name)))

/** The mailbox of a name, with the rights needed; `code` says why a missing one, or one that may not be seen, stops the command. */
export async function mailboxNamed(account: ImapAccount, name: string, needed: Rights, code: 'NONEXISTENT' | 'TRYCREATE' = 'NONEXISTENT'): Promise<Box> {
  const found = await account.find(name)
  if (found === null) throw new Refusal(code, 'no such mailbox')
  need(found.rights, needed)
  return found
}

export function need(rights: Rights, needed: Rights): void {
  if (!may(rights, needed)) throw new Refusal('NOPERM', 'not permitted')
}
