import { expect, expectEnd, match, readList, readNstring } from '../cursor.ts'
import { type Command, done, type Phase, type Session, viewOf } from '../session.ts'
import { Refusal } from '../store.ts'

/** What is announced is complete. */
const ALWAYS = 'IMAP4rev1 LITERAL+ ID IDLE NAMESPACE UIDPLUS MOVE UNSELECT CHILDREN SPECIAL-USE STATUS=SIZE'

/** What a client may count on now: ways to sign in are told to those who have not yet. */
export function capabilities(session: Session): string {
  if (session.known) return ALWAYS
  const ways = session.mayLogin ? ' SASL-IR AUTH=PLAIN' : ' LOGINDISABLED'
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

/** RFC 2971: who the client says it is is heard and not kept. */
const id: Command = {
  name: 'ID', phases: always,
  async run(session, cursor) {
    expect(cursor, ' ')
    if (match(cursor, /NIL/iy) === null) readList(cursor, readNstring, 0)
    expectEnd(cursor)
    await session.send('* ID ("name" "Chengming")\r\n')
    return done('done')
  },
}

/** RFC 2177: changes are told as they happen, until the client says DONE. */
const idle: Command = {
  name: 'IDLE', phases: ['known', 'selected'],
  async run(session, cursor) {
    expectEnd(cursor)
    const { promise, resolve } = Promise.withResolvers<string>()
    session.answer = resolve
    await session.send('+ idling\r\n')
    let telling = Promise.resolve()
    if (session.view !== null) session.select(viewOf(session), () => void (telling = telling.then(() => session.tellChanges(false))))
    await session.tellChanges(false)
    const line = await promise
    if (session.view !== null) session.select(viewOf(session), () => undefined)
    await telling
    return line.toUpperCase() === 'DONE' ? done('done') : done('ended')
  },
}

const namespace: Command = {
  name: 'NAMESPACE', phases: ['known', 'selected'],
  async run(session, cursor) {
    expectEnd(cursor)
    await session.send('* NAMESPACE (("" "/")) NIL NIL\r\n')
    return done('done')
  },
}

export const plainCommands: readonly Command[] = [capability, startTls, noop, logout, id, idle, namespace]
