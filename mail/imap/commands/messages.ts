import { type Cursor, expect, expectEnd } from '../cursor.ts'
import { readSequenceSet, setText } from '../sequence-set.ts'
import { accountOf, type Command, done, type Done, type Session, viewOf } from '../session.ts'
import { type Placed, Refusal } from '../store.ts'
import { membersOf, type View } from '../view.ts'
import type { Rights } from '../../store/rights.ts'
import { mailboxNamed, need, readMailboxName } from './names.ts'

/** The open mailbox, for what needs such rights and no reading-only. */
function writable(session: Session, needed: Rights): View {
  const view = viewOf(session)
  if (view.readOnly) throw new Refusal(null, 'mailbox is open for reading only')
  need(view.rights, needed)
  return view
}

/** Who knows of MODSEQs hears that of the expunge, when it has been told (RFC 7162 3.2.8). */
const expunged = (session: Session, uids: readonly number[]): Done => done('done', uids.length > 0 && session.enabled.has('CONDSTORE') ? () => `HIGHESTMODSEQ ${viewOf(session).modseq}` : undefined)

const expunge: Command = {
  name: 'EXPUNGE', phases: ['selected'], expunges: true,
  async run(session, cursor) {
    expectEnd(cursor)
    const view = writable(session, 'e')
    return expunged(session, await accountOf(session).expunge(view.mailboxId, 'all'))
  },
}

const uidExpunge: Command = {
  name: 'UID EXPUNGE', phases: ['selected'], expunges: true,
  async run(session, cursor) {
    expect(cursor, ' ')
    const set = readSequenceSet(cursor)
    expectEnd(cursor)
    const view = writable(session, 'e')
    return expunged(session, await accountOf(session).expunge(view.mailboxId, membersOf(view, set, true).map(({ uid }) => uid)))
  },
}

async function placing(session: Session, cursor: Cursor, byUid: boolean, how: 'copy' | 'move'): Promise<Done> {
  expect(cursor, ' ')
  const set = readSequenceSet(cursor)
  expect(cursor, ' ')
  const name = readMailboxName(session, cursor)
  expectEnd(cursor)
  const [view, account] = [how === 'move' ? writable(session, 'te') : viewOf(session), accountOf(session)]
  const uids = membersOf(view, set, byUid).map(({ uid }) => uid)
  const target = await mailboxNamed(account, name, 'i', 'TRYCREATE')
  const placed = await account[how](view.mailboxId, target, uids)
  if (placed.to.length === 0) return done('nothing to do')
  session.put(target.id, placed.to)
  const code = `COPYUID ${target.uidValidity} ${pairText(placed)}`
  if (how === 'copy') return done('copied', code)
  // The new UIDs are told before the old ones go (RFC 6851 4.3).
  await session.send(`* OK [${code}] moved\r\n`)
  return expunged(session, placed.from)
}

const pairText = ({ from, to }: Placed): string => `${setText(from)} ${setText(to)}`

const place = (name: string, how: 'copy' | 'move', byUid: boolean): Command => ({
  name, phases: ['selected'], keepNumbers: how === 'copy' && !byUid, expunges: how === 'move',
  run: (session, cursor) => placing(session, cursor, byUid, how),
})

export const messageCommands: readonly Command[] = [expunge, uidExpunge, place('COPY', 'copy', false), place('UID COPY', 'copy', true), place('MOVE', 'move', false), place('UID MOVE', 'move', true)]
