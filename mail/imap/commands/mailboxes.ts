import type { Mailbox } from '../../store/contract.ts'
import { mailboxText, quoted } from '../answers.ts'
import { atEnd, type Cursor, expect, expectEnd, readAstring, readList, readListMailbox, readWord, wrong } from '../cursor.ts'
import { matchesPattern } from '../list-pattern.ts'
import { encodeMailboxName } from '../mailbox-name.ts'
import { accountOf, type Command, done, type Session } from '../session.ts'
import { mailboxNamed, readMailboxName } from './names.ts'

const known = ['known', 'selected'] as const

/** Names above a mailbox that are no mailboxes themselves. */
function levels(mailboxes: readonly Mailbox[]): readonly string[] {
  const names = new Set(mailboxes.map(({ name }) => name))
  const above = mailboxes.flatMap(({ name }) => name.split('/').slice(0, -1).map((_, depth) => name.split('/').slice(0, depth + 1).join('/')))
  return [...new Set(above)].filter((name) => !names.has(name))
}

function attributes(name: string, mailbox: Mailbox | undefined, mailboxes: readonly Mailbox[]): string {
  const children = mailboxes.some((one) => one.name.startsWith(`${name}/`)) ? '\\HasChildren' : '\\HasNoChildren'
  if (mailbox === undefined) return `${children} \\NonExistent \\Noselect`
  return mailbox.special === null ? children : `${children} \\${mailbox.special}`
}

const listing = (word: 'LIST' | 'LSUB'): Command => ({
  name: word, phases: known,
  async run(session, cursor) {
    expect(cursor, ' ')
    const reference = readAstring(cursor)
    expect(cursor, ' ')
    const pattern = `${reference}${readListMailbox(cursor)}`
    expectEnd(cursor)
    if (pattern === reference && word === 'LIST') {
      await session.send(`* LIST (\\Noselect) "/" ""\r\n`)
      return done('done')
    }
    await session.send(listLines(await accountOf(session).list(), word, pattern))
    return done('done')
  },
})

function listLines(all: readonly Mailbox[], word: 'LIST' | 'LSUB', pattern: string): string {
  const shown = word === 'LSUB' ? all.filter(({ subscribed }) => subscribed) : all
  const wanted = pattern.replace(/^inbox(?=$|\/)/i, 'INBOX')
  const names = [...shown.map(({ name }) => name), ...levels(shown)].filter((name) => matchesPattern(wanted, encodeMailboxName(name)))
  return names.map((name) => `* ${word} (${attributes(name, shown.find((one) => one.name === name), all)}) "/" ${mailboxText(name)}\r\n`).join('')
}

const oneName = (name: string, act: (session: Session, mailboxName: string) => Promise<string>): Command => ({
  name, phases: known,
  async run(session, cursor) {
    expect(cursor, ' ')
    const mailboxName = readMailboxName(cursor)
    expectEnd(cursor)
    return done(await act(session, mailboxName))
  },
})

const create = oneName('CREATE', async (session, name) => {
  await accountOf(session).create(name)
  return 'created'
})

const remove = oneName('DELETE', async (session, name) => {
  const mailbox = await mailboxNamed(accountOf(session), name)
  await accountOf(session).remove(mailbox)
  if (session.view?.mailboxId === mailbox.id) session.deselect()
  return 'deleted'
})

const subscription = (word: 'SUBSCRIBE' | 'UNSUBSCRIBE'): Command =>
  oneName(word, async (session, name) => {
    await accountOf(session).subscribe(await mailboxNamed(accountOf(session), name), word === 'SUBSCRIBE')
    return 'done'
  })

const rename: Command = {
  name: 'RENAME', phases: known,
  async run(session, cursor) {
    expect(cursor, ' ')
    const from = readMailboxName(cursor)
    expect(cursor, ' ')
    const to = readMailboxName(cursor)
    expectEnd(cursor)
    await accountOf(session).rename(await mailboxNamed(accountOf(session), from), to)
    return done('renamed')
  },
}

const ITEMS: Readonly<Record<string, (mailbox: Mailbox) => number>> = {
  MESSAGES: ({ messages }) => messages,
  RECENT: () => 0,
  UIDNEXT: ({ uidNext }) => uidNext,
  UIDVALIDITY: ({ uidValidity }) => uidValidity,
  UNSEEN: ({ unseen }) => unseen,
  DELETED: ({ deleted }) => deleted,
  SIZE: ({ size }) => size,
}

const readItem = (cursor: Cursor): string => {
  const word = readWord(cursor)
  return word in ITEMS ? word : wrong(`unknown item ${word}`)
}

const status: Command = {
  name: 'STATUS', phases: known,
  async run(session, cursor) {
    expect(cursor, ' ')
    const name = readMailboxName(cursor)
    expect(cursor, ' ')
    const items = readList(cursor, readItem)
    if (!atEnd(cursor)) wrong('unexpected text after the items')
    const mailbox = await mailboxNamed(accountOf(session), name)
    await session.send(`* STATUS ${quoted(encodeMailboxName(mailbox.name))} (${items.map((item) => `${item} ${ITEMS[item]?.(mailbox) ?? 0}`).join(' ')})\r\n`)
    return done('done')
  },
}

export const mailboxCommands: readonly Command[] = [listing('LIST'), listing('LSUB'), create, remove, rename, subscription('SUBSCRIBE'), subscription('UNSUBSCRIBE'), status]
