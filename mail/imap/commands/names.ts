import type { Mailbox } from '../../store/contract.ts'
import { type Cursor, readAstring, wrong } from '../cursor.ts'
import { decodeMailboxName } from '../mailbox-name.ts'
import { type ImapAccount, Refusal } from '../store.ts'

/** A mailbox's name as kept, read from what the client wrote. */
export const readMailboxName = (cursor: Cursor): string => decodeMailboxName(readAstring(cursor)) ?? wrong('mailbox name is not modified UTF-7')

/** The mailbox of a name; `code` says why a missing one stops the command. */
export async function mailboxNamed(account: ImapAccount, name: string, code: 'NONEXISTENT' | 'TRYCREATE' = 'NONEXISTENT'): Promise<Mailbox> {
  const found = await account.find(name)
  if (found === null) throw new Refusal(code, 'no such mailbox')
  return found
}
