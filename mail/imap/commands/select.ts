import { expect, expectEnd } from '../cursor.ts'
import { accountOf, type Command, done, viewOf } from '../session.ts'
import { Refusal } from '../store.ts'
import { readMailboxName } from './names.ts'

const FLAGS = '\\Answered \\Flagged \\Deleted \\Seen \\Draft'

const opening = (name: 'SELECT' | 'EXAMINE'): Command => ({
  name, phases: ['known', 'selected'],
  async run(session, cursor) {
    expect(cursor, ' ')
    const wanted = readMailboxName(cursor)
    expectEnd(cursor)
    // A failed SELECT leaves nothing selected (RFC 9051 6.3.2).
    session.deselect()
    const account = accountOf(session)
    const found = await account.find(wanted)
    const opened = found === null ? null : await account.open(found.id)
    if (opened === null) throw new Refusal('NONEXISTENT', 'no such mailbox')
    const { mailbox, uids } = opened
    const readOnly = name === 'EXAMINE'
    await session.send(
      [
        `* ${uids.length} EXISTS`, '* 0 RECENT', `* FLAGS (${FLAGS})`, `* OK [PERMANENTFLAGS (${readOnly ? '' : `${FLAGS} \\*`})] flags`,
        `* OK [UIDVALIDITY ${mailbox.uidValidity}] since`, `* OK [UIDNEXT ${mailbox.uidNext}] next`, '',
      ].join('\r\n'),
    )
    session.select({ mailboxId: mailbox.id, readOnly, uidValidity: mailbox.uidValidity, uids: [...uids], modseq: mailbox.modseq, saved: [] }, () => undefined)
    return done('selected', readOnly ? 'READ-ONLY' : 'READ-WRITE')
  },
})

const close: Command = {
  name: 'CLOSE', phases: ['selected'],
  async run(session, cursor) {
    expectEnd(cursor)
    const { mailboxId, readOnly } = viewOf(session)
    if (!readOnly) await accountOf(session).expunge(mailboxId, 'all')
    session.deselect()
    return done('closed')
  },
}

const unselect: Command = {
  name: 'UNSELECT', phases: ['selected'],
  async run(session, cursor) {
    expectEnd(cursor)
    session.deselect()
    return done('closed')
  },
}

export const selectCommands: readonly Command[] = [opening('SELECT'), opening('EXAMINE'), close, unselect]
