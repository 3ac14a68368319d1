import { atEnd, type Cursor, expect, expectEnd, readAstring, readWord, wrong } from '../cursor.ts'
import { type Command, done, type Done, type Session } from '../session.ts'
import { Refusal } from '../store.ts'
import { capabilities } from './plain.ts'

const text = (octets: string): string => Buffer.from(octets, 'latin1').toString('utf8')

async function enter(session: Session, name: string, password: string): Promise<Done> {
  if (!session.mayLogin) throw new Refusal('PRIVACYREQUIRED', 'begin TLS first')
  const account = await session.store.login(name, password)
  if (account === null) return session.rejectPassword()
  session.signIn(account)
  return done('welcome', `CAPABILITY ${capabilities(session)}`)
}

export const login: Command = {
  name: 'LOGIN', phases: ['open'],
  async run(session, cursor) {
    expect(cursor, ' ')
    const name = readAstring(cursor)
    expect(cursor, ' ')
    const password = readAstring(cursor)
    expectEnd(cursor)
    return enter(session, text(name), text(password))
  },
}

/** One line of a SASL exchange after a challenge; `*` gives it up. */
async function response(session: Session, challenge: string): Promise<Buffer> {
  const { promise, resolve } = Promise.withResolvers<string>()
  session.answer = resolve
  await session.send(`+ ${Buffer.from(challenge, 'utf8').toString('base64')}\r\n`)
  return decoded(await promise)
}

const decoded = (line: string): Buffer => (line === '*' ? wrong('given up') : /^[A-Za-z0-9+/]*={0,2}$/.test(line) ? Buffer.from(line, 'base64') : wrong('not base64'))

/** The initial response (RFC 4959), `=` for an empty one; null without. */
function readInitial(cursor: Cursor): Buffer | null {
  if (atEnd(cursor)) return null
  expect(cursor, ' ')
  const written = readAstring(cursor)
  expectEnd(cursor)
  return written === '=' ? Buffer.alloc(0) : decoded(written)
}

/** RFC 4616. */
async function plain(session: Session, initial: Buffer | null): Promise<Done> {
  const [authorise, name, password, ...more] = (initial ?? (await response(session, ''))).toString('utf8').split('\0')
  if (name === undefined || password === undefined || more.length > 0) return wrong('not a PLAIN response')
  if (authorise !== '' && authorise !== name) throw new Refusal('AUTHORIZATIONFAILED', 'acting for others is not possible')
  return enter(session, name, password)
}

/** The old way of Outlook: name and password, each asked for. */
async function plainByTurns(session: Session, initial: Buffer | null): Promise<Done> {
  const name = initial ?? (await response(session, 'Username:'))
  const password = await response(session, 'Password:')
  return enter(session, name.toString('utf8'), password.toString('utf8'))
}

const WAYS: Readonly<Record<string, (session: Session, initial: Buffer | null) => Promise<Done>>> = { PLAIN: plain, LOGIN: plainByTurns }

export const authenticate: Command = {
  name: 'AUTHENTICATE', phases: ['open'],
  async run(session, cursor) {
    expect(cursor, ' ')
    const way = WAYS[readWord(cursor)]
    if (way === undefined) throw new Refusal('CANNOT', 'no such way to sign in')
    if (!session.mayLogin) throw new Refusal('PRIVACYREQUIRED', 'begin TLS first')
    return way(session, readInitial(cursor))
  },
}
