import { expect, expectEnd, match, readList, readNstring } from '../cursor.ts'
import { type Command, done, type Phase, viewOf } from '../session.ts'

/** What is announced is complete. */
export const CAPABILITIES = 'IMAP4rev1 LITERAL+ SASL-IR AUTH=PLAIN ID IDLE NAMESPACE UIDPLUS MOVE UNSELECT CHILDREN SPECIAL-USE STATUS=SIZE'

const always: readonly Phase[] = ['open', 'known', 'selected']

const capability: Command = {
  name: 'CAPABILITY', phases: always,
  async run(session, cursor) {
    expectEnd(cursor)
    await session.send(`* CAPABILITY ${CAPABILITIES}\r\n`)
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
    await session.hangUp('')
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

export const plainCommands: readonly Command[] = [capability, noop, logout, id, idle, namespace]
