import { expect, expectEnd, match, readList, readNstring, readWord } from '../cursor.ts'
import { type Command, done, type Phase, type Session } from '../session.ts'
import { mechanisms } from '../../sasl/sasl.ts'
import { OTHERS, SHARED } from '../../store/namespaces.ts'
import { APPEND_LIMIT } from '../status-items.ts'
import { Refusal } from '../store.ts'
import { mailboxText } from './names.ts'

/** What is announced is complete. */
const ALWAYS = [
  'IMAP4rev1 IMAP4rev2 LITERAL+ ID IDLE ENABLE NAMESPACE UIDPLUS MOVE UNSELECT CHILDREN SPECIAL-USE CREATE-SPECIAL-USE LIST-EXTENDED LIST-STATUS STATUS=SIZE',
  `CONDSTORE QRESYNC ESEARCH SEARCHRES SORT THREAD=ORDEREDSUBJECT THREAD=REFERENCES WITHIN MULTIAPPEND CATENATE BINARY UTF8=ACCEPT OBJECTID SAVEDATE PREVIEW QUOTA ACL RIGHTS=texk LIST-MYRIGHTS METADATA LIST-METADATA NOTIFY APPENDLIMIT=${APPEND_LIMIT}`,
].join(' ')

/** What a client may count on now: ways to sign in are told to those who have not yet. */
export function capabilities(session: Session): string {
  if (session.known) return session.compressed ? ALWAYS : `${ALWAYS} COMPRESS=DEFLATE`
  const ways = session.mayLogin ? ` SASL-IR${mechanisms(session.store).map((one) => ` AUTH=${one}`).join('')}` : ' LOGINDISABLED'
  return `${ALWAYS}${session.wire.mayEncrypt ? ' STARTTLS' : ''}${ways}`
}

const always: readonly Phase[] = ['open', 'known', 'selected']

const capability: Command = {
  name: 'CAPABILITY', phases: always,
  async run(session, cursor) {
    expectEnd(cursor)
    await session.send(`* CAPABILITY ${capabilities(session)}\r\n`)
    return done('done')
  },
}

const noop: Command = {
  name: 'NOOP', phases: always,
  async run(_session, cursor) {
    expectEnd(cursor)
    return done('done')
  },
}

const logout: Command = {
  name: 'LOGOUT', phases: always,
  async run(session, cursor, tag) {
    expectEnd(cursor)
    await session.send(`* BYE until next time\r\n${tag} OK done\r\n`)
    session.quit()
    return done('')
  },
}

/** RFC 9051 6.2.1. */
const startTls: Command = {
  name: 'STARTTLS', phases: ['open'],
  async run(session, cursor, tag) {
    expectEnd(cursor)
    if (!session.wire.mayEncrypt) throw new Refusal('CANNOT', session.wire.secure ? 'TLS is on already' : 'no TLS here')
    await session.send(`${tag} OK begin TLS now\r\n`)
    session.encrypt()
    return done('')
  },
}

/** RFC 4978. */
const compress: Command = {
  name: 'COMPRESS', phases: ['known', 'selected'],
  async run(session, cursor, tag) {
    expect(cursor, ' ')
    if (readWord(cursor) !== 'DEFLATE') throw new Refusal('CANNOT', 'only DEFLATE')
    expectEnd(cursor)
    if (session.compressed) throw new Refusal('COMPRESSIONACTIVE', 'is on already')
    await session.send(`${tag} OK begin DEFLATE now\r\n`)
    session.compress()
    return done('')
  },
}

const LONGEST_NAME = 100

/** How a program calls itself: name and version from its fields and values. */
function clientOf(told: readonly (string | null)[]): string | null {
  const value = (field: string): string => told.find((_, at) => at % 2 === 1 && told[at - 1]?.toLowerCase() === field)?.slice(0, LONGEST_NAME) ?? ''
  return Buffer.from(`${value('name')} ${value('version')}`.trim(), 'latin1').toString('utf8').replaceAll(/\p{C}/gu, '') || null
}

/** RFC 2971. */
const id: Command = {
  name: 'ID', phases: always,
  async run(session, cursor) {
    expect(cursor, ' ')
    const told = match(cursor, /NIL/iy) === null ? readList(cursor, readNstring, 0) : []
    expectEnd(cursor)
    session.client = clientOf(told)
    await session.send('* ID ("name" "Chengming")\r\n')
    return done('done')
  },
}

/** RFC 2177: changes are told as they happen, until the client says DONE. */
const idle: Command = {
  name: 'IDLE', phases: ['known', 'selected'],
  /** Nothing waits for the end but a line: thousands of sessions are idle at once. */
  async run(session, cursor, tag) {
    expectEnd(cursor)
    session.answer = (line) => {
      session.idling = false
      session.listen()
      session.finish(tag, line.toUpperCase() === 'DONE' ? 'done' : 'ended')
    }
    await session.send('+ idling\r\n')
    if (session.answer === null) return done('')
    session.idling = true
    session.listen()
    await session.tellChanges(false)
    return done('')
  },
}

const namespace: Command = {
  name: 'NAMESPACE', phases: ['known', 'selected'],
  async run(session, cursor) {
    expectEnd(cursor)
    await session.send(`* NAMESPACE (("" "/")) ((${mailboxText(session, `${OTHERS}/`)} "/")) ((${mailboxText(session, `${SHARED}/`)} "/"))\r\n`)
    return done('done')
  },
}

export const plainCommands: readonly Command[] = [capability, startTls, compress, noop, logout, id, idle, namespace]
