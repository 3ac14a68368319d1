import { authenticateBy, decodeLine, mechanisms } from '../sasl/sasl.ts'
import { dotted } from './octets.ts'
import { type Command, PopError, type PopSession } from './session.ts'
import type { DropMessage, Maildrop } from './store.ts'

const dropOf = ({ drop }: PopSession): Maildrop => {
  if (drop === null) throw new PopError('not possible now')
  return drop
}

/** Messages that are not deleted, with their numbers. */
const kept = (session: PopSession): readonly (readonly [number: number, message: DropMessage])[] =>
  dropOf(session).messages.map((message, at): readonly [number, DropMessage] => [at + 1, message]).filter(([, { uid }]) => !session.deleted.has(uid))

function count(word: string | undefined): number {
  return word !== undefined && /^\d{1,9}$/.test(word) ? Number(word) : NaN
}

function messageOf(session: PopSession, word: string | undefined): DropMessage {
  const found = dropOf(session).messages[count(word) - 1]
  if (found === undefined || session.deleted.has(found.uid)) throw new PopError('no such message')
  return found
}

const password = (line: string): string => Buffer.from(line.slice('PASS '.length), 'latin1').toString('utf8')

function mustBePrivate(session: PopSession): void {
  if (!session.mayLogin) throw new PopError('[AUTH] begin TLS first')
}

const user: Command = {
  when: 'before',
  async run(session, words, line) {
    mustBePrivate(session)
    if (words.length === 0) throw new PopError('missing name')
    session.user = Buffer.from(line.slice('USER '.length), 'latin1').toString('utf8')
    return 'and the password?'
  },
}

const pass: Command = {
  when: 'before',
  async run(session, _words, line) {
    mustBePrivate(session)
    const name = session.user
    session.user = null
    if (name === null) throw new PopError('USER comes first')
    return session.enter(await session.store.login(name, password(line)))
  },
}

/** RFC 5034. */
const auth: Command = {
  when: 'before',
  async run(session, [name, initial]) {
    const ways = mechanisms(session.store)
    if (name === undefined) {
      await session.send(`+OK ways\r\n${ways.map((one) => `${one}\r\n`).join('')}.\r\n`)
      return ''
    }
    const mechanism = name.toUpperCase()
    if (!ways.includes(mechanism)) throw new PopError('no such way to sign in')
    mustBePrivate(session)
    const first = initial === undefined ? null : initial === '=' ? Buffer.alloc(0) : decodeLine(initial)
    return session.enter(await authenticateBy(mechanism, session.store, first, (challenge) => session.ask(challenge)))
  },
}

/** RFC 2449. */
const capa: Command = {
  when: 'always',
  async run(session) {
    const ways = session.mayLogin ? ['USER', `SASL ${mechanisms(session.store).join(' ')}`] : []
    const all = ['TOP', 'UIDL', ...(session.known ? [] : [...ways, ...(session.wire.mayEncrypt ? ['STLS'] : [])]), 'RESP-CODES', 'AUTH-RESP-CODE', 'PIPELINING', 'EXPIRE NEVER', 'UTF8 USER', 'IMPLEMENTATION Chengming']
    await session.send(`+OK capabilities\r\n${all.map((one) => `${one}\r\n`).join('')}.\r\n`)
    return ''
  },
}

/** RFC 2595. */
const stls: Command = {
  when: 'before',
  async run(session) {
    if (!session.wire.mayEncrypt) throw new PopError(session.wire.secure ? 'TLS is on already' : 'no TLS here')
    await session.send('+OK begin TLS now\r\n')
    session.encrypt()
    return ''
  },
}

/** RFC 6856: messages and names go as they are either way. */
const utf8: Command = { when: 'before', run: async () => 'UTF-8' }

const noop: Command = { when: 'after', run: async () => 'done' }

const stat: Command = {
  when: 'after',
  async run(session) {
    const all = kept(session)
    return `${all.length} ${all.reduce((sum, [, { size }]) => sum + size, 0)}`
  },
}

/** A value for one message, or a line for each. */
const listing = (value: (session: PopSession, message: DropMessage) => string | number): Command => ({
  when: 'after',
  async run(session, [word]) {
    if (word !== undefined) return `${count(word)} ${value(session, messageOf(session, word))}`
    await session.send(`+OK\r\n${kept(session).map(([number, message]) => `${number} ${value(session, message)}\r\n`).join('')}.\r\n`)
    return ''
  },
})

const retr: Command = {
  when: 'after',
  async run(session, [word]) {
    const message = messageOf(session, word)
    await session.send(Buffer.concat([Buffer.from(`+OK ${message.size} octets\r\n`), dotted(await dropOf(session).read(message), null)]))
    if (!session.over) await dropOf(session).downloaded(message)
    return ''
  },
}

const top: Command = {
  when: 'after',
  async run(session, [word, lines]) {
    const message = messageOf(session, word)
    const most = count(lines)
    if (Number.isNaN(most)) throw new PopError('missing number of lines')
    await session.send(Buffer.concat([Buffer.from('+OK\r\n'), dotted(await dropOf(session).read(message), most)]))
    return ''
  },
}

const dele: Command = {
  when: 'after',
  async run(session, [word]) {
    session.deleted.add(messageOf(session, word).uid)
    return 'deleted when you quit'
  },
}

const rset: Command = {
  when: 'after',
  async run(session) {
    session.deleted.clear()
    return 'nothing is deleted'
  },
}

const quit: Command = {
  when: 'always',
  async run(session) {
    if (session.drop !== null && session.deleted.size > 0) await session.drop.remove([...session.deleted])
    await session.send('+OK until next time\r\n')
    session.quit()
    return ''
  },
}

/** Every command by its name. */
export const commands: ReadonlyMap<string, Command> = new Map(
  Object.entries({
    USER: user, PASS: pass, AUTH: auth, CAPA: capa, STLS: stls, UTF8: utf8, NOOP: noop, STAT: stat, LIST: listing((_session, { size }) => size),
    UIDL: listing((session, { uid }) => `${dropOf(session).uidValidity}.${uid}`), RETR: retr, TOP: top, DELE: dele, RSET: rset, QUIT: quit,
  }),
)
