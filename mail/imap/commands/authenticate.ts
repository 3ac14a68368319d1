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

/** SASL PLAIN (RFC 4616), with or without an initial response (RFC 4959). */
export const authenticate: Command = {
  name: 'AUTHENTICATE', phases: ['open'],
  async run(session, cursor) {
    expect(cursor, ' ')
    if (readWord(cursor) !== 'PLAIN') throw new Refusal('CANNOT', 'only PLAIN')
    const response = await initialResponse(session, cursor)
    const [authorise, name, password, ...more] = Buffer.from(response, 'base64').toString('utf8').split('\0')
    if (name === undefined || password === undefined || more.length > 0) wrong('not a PLAIN response')
    if (authorise !== '' && authorise !== name) throw new Refusal('AUTHORIZATIONFAILED', 'acting for others is not possible')
    return enter(session, name, password)
  },
}

async function initialResponse(session: Session, cursor: Cursor): Promise<string> {
  if (!atEnd(cursor)) {
    expect(cursor, ' ')
    return readAstring(cursor)
  }
  const { promise, resolve } = Promise.withResolvers<string>()
  session.answer = resolve
  await session.send('+ \r\n')
  const line = await promise
  return line === '*' ? wrong('given up') : line
}
