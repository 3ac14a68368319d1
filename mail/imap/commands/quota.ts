import type { Box } from '../../store/contract.ts'
import { may } from '../../store/rights.ts'
import { quoted } from '../answers.ts'
import { expect, expectEnd, readAstring } from '../cursor.ts'
import { accountOf, type Command, done, type Session } from '../session.ts'
import { Refusal } from '../store.ts'
import { mailboxNamed, mailboxText, nameOf, readMailboxName } from './names.ts'

/** One account, one root (RFC 9208): one's own, and for each other the name above its mailboxes. STORAGE is told in units of 1,024 octets. */
const ROOT = 'account'
const UNIT = 1_024

const rootText = (session: Session, box: Box | null): string => (box === null || box.root === null ? quoted(ROOT) : mailboxText(session, box.root))

async function quotaLine(session: Session, box: Box | null): Promise<string> {
  const { used, limit } = await accountOf(session).quota(box)
  return `* QUOTA ${rootText(session, box)} (STORAGE ${Math.ceil(used / UNIT)} ${Math.floor(limit / UNIT)})\r\n`
}

const getQuotaRoot: Command = {
  name: 'GETQUOTAROOT', phases: ['known', 'selected'],
  async run(session, cursor) {
    expect(cursor, ' ')
    const name = readMailboxName(session, cursor)
    expectEnd(cursor)
    const mailbox = await mailboxNamed(accountOf(session), name, 'r')
    await session.send(`* QUOTAROOT ${mailboxText(session, mailbox.name)} ${rootText(session, mailbox)}\r\n${await quotaLine(session, mailbox)}`)
    return done('done')
  },
}

const getQuota: Command = {
  name: 'GETQUOTA', phases: ['known', 'selected'],
  async run(session, cursor) {
    expect(cursor, ' ')
    const root = readAstring(cursor)
    expectEnd(cursor)
    const name = root === ROOT ? null : nameOf(session, root)
    const box = name === null ? null : (await accountOf(session).list()).find((one) => one.root === name && may(one.rights, 'r'))
    if (box === undefined) throw new Refusal('NONEXISTENT', 'no such quota root')
    await session.send(await quotaLine(session, box))
    return done('done')
  },
}

export const quotaCommands: readonly Command[] = [getQuotaRoot, getQuota]
