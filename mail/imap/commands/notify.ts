import { isWide, Notifier, NOWHERE, noticeText } from '../notifier.ts'
import { firstStatus, withoutAccess } from '../notices.ts'
import { ANNOTATIONS, NOTHING, type NotifySpec, readGroups } from '../notify-spec.ts'
import { type Cursor, expect, expectEnd, match, readWord, wrong } from '../cursor.ts'
import { accountOf, type Command, done, type Done, type Session } from '../session.ts'
import type { AccountState } from '../../store/contract.ts'
import { tellMessages } from './fetch.ts'
import { mailboxText, nameOf } from './names.ts'

function start(session: Session, spec: NotifySpec, state: AccountState): void {
  session.notify(new Notifier(session, spec, state, async (members) => {
    if (spec.selected.items.length > 0) await tellMessages(session, members, spec.selected.items)
  }))
}

/** INBOX in any case is INBOX. */
const canonical = (session: Session, octets: string): string => nameOf(session, octets).replace(/^inbox(?=$|\/)/i, 'INBOX')

/** How things stand that the groups are about. */
async function stateFor(session: Session, spec: NotifySpec): Promise<AccountState> {
  if (spec.groups.length === 0 && !spec.server) return NOWHERE
  const account = accountOf(session)
  const own = await account.ownState()
  return isWide(spec, own) ? account.state() : own
}

async function set(session: Session, cursor: Cursor): Promise<Done> {
  const status = match(cursor, / STATUS(?= \()/iy) !== null
  expect(cursor, ' ')
  const spec = readGroups(cursor, (octets) => canonical(session, octets))
  expectEnd(cursor)
  // What has piled up is told as before (RFC 5465 3.1).
  await session.tellChanges(false, 'all')
  const state = await stateFor(session, spec)
  const closed = withoutAccess(spec, state).map(({ name }) => `* LIST (\\NoAccess) "/" ${mailboxText(session, name)}\r\n`)
  const first = status ? firstStatus(spec, state, session.view?.mailboxId ?? null).map(({ mailbox, items }) => noticeText(session, { kind: 'status', cause: '', mailbox, items })) : []
  if (closed.length + first.length > 0) await session.send([...closed, ...first].join(''))
  start(session, spec, state)
  return done('done')
}

/** RFC 5465. */
export const notify: Command = {
  name: 'NOTIFY', phases: ['known', 'selected'],
  async run(session, cursor) {
    expect(cursor, ' ')
    const word = readWord(cursor)
    if (word === 'SET') return set(session, cursor)
    if (word !== 'NONE') wrong('missing SET or NONE')
    expectEnd(cursor)
    start(session, NOTHING, NOWHERE)
    return done('done')
  },
}

/** Tells changes of annotations to a client that has switched that on and not used NOTIFY (RFC 5464 4.4). */
export async function tellAnnotations(session: Session): Promise<void> {
  if (session.notifier === null) start(session, ANNOTATIONS, await accountOf(session).ownState())
}
