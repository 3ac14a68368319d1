import { quoted } from '../answers.ts'
import { expect, expectEnd, readAstring } from '../cursor.ts'
import { accountOf, type Command, done, type Session } from '../session.ts'
import { Refusal } from '../store.ts'
import { mailboxNamed, mailboxText, readMailboxName } from './names.ts'

/** One account, one root (RFC 9208); STORAGE is told in units of 1,024 octets. */
const ROOT = 'account'
const UNIT = 1_024

async function quotaLine(session: Session): Promise<string> {
  const { used, limit } = await accountOf(session).quota()
  return `* QUOTA ${quoted(ROOT)} (STORAGE ${Math.ceil(used / UNIT)} ${Math.floor(limit / UNIT)})\r\n`
}

const getQuotaRoot: Command = {
  name: 'GETQUOTAROOT', phases: ['known', 'selected'],
  async run(session, cursor) {
    expect(cursor, ' ')
    const name = readMailboxName(session, cursor)
    expectEnd(cursor)
    const mailbox = await mailboxNamed(accountOf(session), name)
    await session.send(`* QUOTAROOT ${mailboxText(session, mailbox.name)} ${quoted(ROOT)}\r\n${await quotaLine(session)}`)
    return done('done')
  },
}

const getQuota: Command = {
  name: 'GETQUOTA', phases: ['known', 'selected'],
  async run(session, cursor) {
    expect(cursor, ' ')
    const root = readAstring(cursor)
    expectEnd(cursor)
    if (root !== ROOT) throw new Refusal('NONEXISTENT', 'no such quota root')
    await session.send(await quotaLine(session))
    return done('done')
  },
}

export const quotaCommands: readonly Command[] = [getQuotaRoot, getQuota]
