import { authenticateBy, decodeLine, mechanisms, SaslError } from '../../sasl/sasl.ts'
import { atEnd, type Cursor, expect, expectEnd, readAstring, readWord, wrong } from '../cursor.ts'
import { type Command, done, type Done, type Session } from '../session.ts'
import { type ImapAccount, Refusal } from '../store.ts'
import { capabilities } from './plain.ts'

const text = (octets: string): string => Buffer.from(octets, 'latin1').toString('utf8')

function mustBePrivate(session: Session): void {
  if (!session.mayLogin) throw new Refusal('PRIVACYREQUIRED', 'begin TLS first')
}

async function enter(session: Session, account: ImapAccount | null): Promise<Done> {
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
    mustBePrivate(session)
    return enter(session, await session.store.login(text(name), text(password)))
  },
}

/** One line of a SASL exchange after a challenge. */
async function response(session: Session, challenge: string): Promise<Buffer> {
  const { promise, resolve } = Promise.withResolvers<string>()
  session.answer = resolve
  await session.send(`+ ${Buffer.from(challenge, 'utf8').toString('base64')}\r\n`)
  return decodeLine(await promise)
}

/** The initial response (RFC 4959), `=` for an empty one; null without. */
function readInitial(cursor: Cursor): Buffer | null {
  if (atEnd(cursor)) return null
  expect(cursor, ' ')
  const written = readAstring(cursor)
  expectEnd(cursor)
  return written === '=' ? Buffer.alloc(0) : decodeLine(written)
}

function refused(error: unknown): never {
  if (!(error instanceof SaslError)) throw error
  if (error.kind === 'authorise') throw new Refusal('AUTHORIZATIONFAILED', error.message)
  return wrong(error.message)
}

export const authenticate: Command = {
  name: 'AUTHENTICATE', phases: ['open'],
  async run(session, cursor) {
    expect(cursor, ' ')
    const mechanism = readWord(cursor)
    if (!mechanisms(session.store).includes(mechanism)) throw new Refusal('CANNOT', 'no such way to sign in')
    mustBePrivate(session)
    try {
      return await enter(session, await authenticateBy(mechanism, session.store, readInitial(cursor), (challenge) => response(session, challenge)))
    } catch (error) {
      return refused(error)
    }
  },
}
