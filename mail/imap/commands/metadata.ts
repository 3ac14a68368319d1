import type { Box } from '../../store/contract.ts'
import { type Cursor, expect, expectEnd } from '../cursor.ts'
import { type AnnotationChange, chosen, maySeeNotes, readChanges, readEntries, readOptions, valuesText } from '../metadata-entries.ts'
import { accountOf, type Command, done, type Session } from '../session.ts'
import { cause } from '../notices.ts'
import { Refusal } from '../store.ts'
import { mailboxNamed, mailboxText, need, readMailboxName } from './names.ts'

/** Octets of the largest value that is kept (RFC 5464 4.1 asks for 1,024 at least). */
export const LARGEST_VALUE = 65_536

/** The mailbox of an argument; null for the empty name, which is the server. */
async function place(session: Session, name: string): Promise<Box | null> {
  if (name === '') return null
  const box = await mailboxNamed(accountOf(session), name, 'l')
  if (!maySeeNotes(box.rights)) throw new Refusal('NOPERM', 'not permitted')
  return box
}

const getMetadata: Command = {
  name: 'GETMETADATA', phases: ['known', 'selected'],
  async run(session, cursor) {
    expect(cursor, ' ')
    const before = readOptions(cursor, { depth: 0, most: null })
    const name = readMailboxName(session, cursor)
    expect(cursor, ' ')
    const options = readOptions(cursor, before)
    const entries = readEntries(cursor)
    expectEnd(cursor)
    const mailbox = await place(session, name)
    const found = await accountOf(session).annotations(mailbox === null ? null : [mailbox])
    const { told, longest } = chosen(found, { ...options, entries })
    if (told.length > 0) await session.send(`* METADATA ${mailboxText(session, mailbox?.name ?? '')} ${valuesText(told)}\r\n`)
    return done('done', longest === null ? undefined : `METADATA LONGENTRIES ${longest}`)
  },
}

/** What the server itself says about itself and its mailboxes is not the client's to change. */
const isFixed = ({ entry }: AnnotationChange, mailbox: Box | null): boolean => (mailbox === null ? entry.startsWith('/shared/') : entry === '/private/specialuse')

async function set(session: Session, mailbox: Box | null, changes: readonly AnnotationChange[]): Promise<void> {
  if (changes.some((one) => isFixed(one, mailbox))) throw new Refusal('NOPERM', 'this entry is read-only')
  // What all read is for those to write who may change what all see of messages.
  if (mailbox !== null && changes.some(({ entry }) => entry.startsWith('/shared/'))) need(mailbox.rights, 'w')
  if (changes.some(({ value }) => value !== null && value.length > LARGEST_VALUE)) throw new Refusal(`METADATA MAXSIZE ${LARGEST_VALUE}`, 'value too large')
  await accountOf(session).annotate(mailbox, changes)
  session.notifier?.did(...changes.map(({ entry }) => cause.annotated(mailbox?.id ?? null, entry)))
}

const setMetadata: Command = {
  name: 'SETMETADATA', phases: ['known', 'selected'],
  async run(session: Session, cursor: Cursor) {
    expect(cursor, ' ')
    const name = readMailboxName(session, cursor)
    expect(cursor, ' ')
    const changes = readChanges(cursor)
    expectEnd(cursor)
    await set(session, await place(session, name), changes)
    return done('done')
  },
}

export const metadataCommands: readonly Command[] = [getMetadata, setMetadata]
