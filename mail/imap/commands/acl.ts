import { ALL_RIGHTS, changedRights, type Rights, toldRights } from '../../store/rights.ts'
import { quoted } from '../answers.ts'
import { type Cursor, expect, expectEnd, readAstring, wrong } from '../cursor.ts'
import { accountOf, type Command, done, type Done, type Session } from '../session.ts'
import { mailboxNamed, mailboxText, readMailboxName } from './names.ts'

/** RFC 4314: who may do what in a mailbox, for those who administer it. */
const command = (name: string, run: (session: Session, cursor: Cursor, mailbox: string) => Promise<Done>): Command => ({
  name, phases: ['known', 'selected'],
  async run(session, cursor) {
    expect(cursor, ' ')
    return run(session, cursor, readMailboxName(session, cursor))
  },
})

function readIdentifier(cursor: Cursor): string {
  expect(cursor, ' ')
  const identifier = Buffer.from(readAstring(cursor), 'latin1').toString('utf8')
  return identifier === '' || identifier.length > 320 ? wrong('missing or too long identifier') : identifier
}

const written = (identifier: string): string => quoted(Buffer.from(identifier, 'utf8').toString('latin1'))

async function change(session: Session, name: string, identifier: string, wanted: (before: Rights) => Rights | null): Promise<Done> {
  const account = accountOf(session)
  const mailbox = await mailboxNamed(account, name, 'a')
  await account.setAcl(mailbox, identifier, wanted)
  if (session.view?.mailboxId === mailbox.id) session.view.rights = (await account.rights(mailbox.id)) ?? session.view.rights
  return done('done')
}

const setAcl = command('SETACL', async (session, cursor, name) => {
  const identifier = readIdentifier(cursor)
  expect(cursor, ' ')
  const rights = readAstring(cursor)
  expectEnd(cursor)
  if (changedRights('', rights) === null) wrong('unknown right')
  return change(session, name, identifier, (before) => changedRights(before, rights))
})

const deleteAcl = command('DELETEACL', async (session, cursor, name) => {
  const identifier = readIdentifier(cursor)
  expectEnd(cursor)
  return change(session, name, identifier, () => null)
})

const getAcl = command('GETACL', async (session, cursor, name) => {
  expectEnd(cursor)
  const mailbox = await mailboxNamed(accountOf(session), name, 'a')
  const lines = await accountOf(session).acl(mailbox)
  await session.send(`* ACL ${mailboxText(session, mailbox.name)}${lines.map(({ identifier, rights }) => ` ${written(identifier)} ${quoted(toldRights(rights))}`).join('')}\r\n`)
  return done('done')
})

const listRights = command('LISTRIGHTS', async (session, cursor, name) => {
  const identifier = readIdentifier(cursor)
  expectEnd(cursor)
  const mailbox = await mailboxNamed(accountOf(session), name, 'a')
  const required = await accountOf(session).requiredRights(mailbox, identifier)
  const others = [...toldRights(ALL_RIGHTS)].filter((right) => !required.includes(right))
  await session.send(`* LISTRIGHTS ${mailboxText(session, mailbox.name)} ${written(identifier)} ${[required, ...others].map(quoted).join(' ')}\r\n`)
  return done('done')
})

const myRights = command('MYRIGHTS', async (session, cursor, name) => {
  expectEnd(cursor)
  const mailbox = await mailboxNamed(accountOf(session), name, 'l')
  await session.send(`* MYRIGHTS ${mailboxText(session, mailbox.name)} ${quoted(toldRights(mailbox.rights))}\r\n`)
  return done('done')
})

export const aclCommands: readonly Command[] = [setAcl, deleteAcl, getAcl, listRights, myRights]
