import type { Box, SpecialUse } from '../../store/contract.ts'
import { foreignName } from '../../store/namespaces.ts'
import { type Cursor, expect, expectEnd, match, readList, take, wrong } from '../cursor.ts'
import { accountOf, type Command, done, type Session } from '../session.ts'
import { readStatusItems, statusText } from '../status-items.ts'
import { cause } from '../notices.ts'
import { mailboxNamed, mailboxText, need, readMailboxName } from './names.ts'
import { Refusal } from '../store.ts'

const known = ['known', 'selected'] as const

const oneName = (name: string, act: (session: Session, mailboxName: string) => Promise<string>): Command => ({
  name, phases: known,
  async run(session, cursor) {
    expect(cursor, ' ')
    const mailboxName = readMailboxName(session, cursor)
    expectEnd(cursor)
    return done(await act(session, mailboxName))
  },
})

const USES: readonly SpecialUse[] = ['Archive', 'Drafts', 'Junk', 'Sent', 'Trash']

/** ` (USE (\Sent))` (RFC 6154 3); null without. */
function readUse(cursor: Cursor): SpecialUse | null {
  if (!take(cursor, ' (')) return null
  if (match(cursor, /USE /iy) === null) wrong('unknown parameter')
  const uses = readList(cursor, (at) => match(at, /\\[A-Za-z]{1,40}/y) ?? wrong('missing use'))
  expect(cursor, ')')
  const found = USES.find((one) => `\\${one}`.toLowerCase() === uses[0]?.toLowerCase())
  if (found === undefined || uses.length > 1) throw new Refusal('USEATTR', 'no mailbox can be made for that use')
  return found
}

const create: Command = {
  name: 'CREATE', phases: known,
  async run(session, cursor) {
    expect(cursor, ' ')
    const name = readMailboxName(session, cursor)
    const use = readUse(cursor)
    expectEnd(cursor)
    const account = accountOf(session)
    if (use !== null && foreignName(name) !== null) throw new Refusal('USEATTR', 'special uses are those of your own mailboxes')
    if (use !== null && (await account.list()).some(({ special }) => special === use)) throw new Refusal('USEATTR', 'another mailbox has that use')
    const { id } = await account.create(name, use)
    session.notifier?.did(cause.created(id))
    return done('created', `MAILBOXID (F${id})`)
  },
}

const remove = oneName('DELETE', async (session, name) => {
  const mailbox = await mailboxNamed(accountOf(session), name, 'x')
  await accountOf(session).remove(mailbox)
  session.notifier?.did(cause.removed(mailbox.id))
  if (session.view?.mailboxId === mailbox.id) session.deselect()
  return 'deleted'
})

async function subscribed(session: Session, mailbox: Box, on: boolean): Promise<string> {
  await accountOf(session).subscribe(mailbox, on)
  session.notifier?.did(cause.subscribed(mailbox.id, on))
  return 'done'
}

const subscribe = oneName('SUBSCRIBE', async (session, name) => subscribed(session, await mailboxNamed(accountOf(session), name, 'l'), true))

/** Programs end the subscription to a name after renaming or deleting it, and tell people of a refusal: what is gone is not subscribed to. */
const unsubscribe = oneName('UNSUBSCRIBE', async (session, name) => {
  const mailbox = await accountOf(session).find(name)
  return mailbox === null ? 'done' : subscribed(session, mailbox, false)
})

const rename: Command = {
  name: 'RENAME', phases: known,
  async run(session, cursor) {
    expect(cursor, ' ')
    const from = readMailboxName(session, cursor)
    expect(cursor, ' ')
    const to = readMailboxName(session, cursor)
    expectEnd(cursor)
    const account = accountOf(session)
    const mailbox = await mailboxNamed(account, from, 'l')
    need(mailbox.rights, mailbox.name === 'INBOX' ? 'rte' : 'x')
    const made = mailbox.name === 'INBOX' ? await account.emptyInto(mailbox, to) : await account.rename(mailbox, to)
    session.notifier?.did(made === undefined ? cause.renamed(mailbox.id) : cause.created(made.id))
    return done('renamed')
  },
}

const status: Command = {
  name: 'STATUS', phases: known,
  async run(session, cursor) {
    expect(cursor, ' ')
    const name = readMailboxName(session, cursor)
    expect(cursor, ' ')
    const items = readStatusItems(cursor)
    expectEnd(cursor)
    if (items.includes('HIGHESTMODSEQ')) await session.useCondstore()
    const mailbox = await mailboxNamed(accountOf(session), name, 'r')
    await session.send(`* STATUS ${mailboxText(session, mailbox.name)} (${statusText(mailbox, items)})\r\n`)
    return done('done')
  },
}

export const mailboxCommands: readonly Command[] = [create, remove, rename, subscribe, unsubscribe, status]
