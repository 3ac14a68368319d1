import { type ScramAccount, finish, readClientFirst, serverFirst } from './scram.ts'

/**
 * Whom a way to sign in leads to. `scram` answers for unknown names too, with a salt of their own, so that nobody learns which names there are; each of its
 * passwords has the way in, gone when its proof is given.
 */
export type SaslStore<T> = {
  login(name: string, password: string): Promise<T | null>
  scram?(name: string): Promise<ScramAccount<() => Promise<T | null>>>
}

/** The exchange is not what its mechanism says. */
export class SaslError extends Error {
  readonly kind: 'malformed' | 'cancelled' | 'authorise'
  constructor(kind: SaslError['kind'], message: string) {
    super(message)
    this.kind = kind
  }
}

/** Sends a challenge and waits for the response; fails with a `SaslError` when the client gives up. */
export type Ask = (challenge: string) => Promise<Buffer>

/** Mechanisms by name, with those that need nothing but passwords first. */
export const mechanisms = <T>({ scram }: SaslStore<T>): readonly string[] => ['PLAIN', 'LOGIN', ...(scram === undefined ? [] : ['SCRAM-SHA-256'])]

/** Base64 of a line; `*` gives up. */
export function decodeLine(line: string): Buffer {
  if (line === '*') throw new SaslError('cancelled', 'given up')
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(line)) throw new SaslError('malformed', 'not base64')
  return Buffer.from(line, 'base64')
}

/** Runs a mechanism; null when the password is wrong. */
export function authenticateBy<T>(mechanism: string, store: SaslStore<T>, initial: Buffer | null, ask: Ask): Promise<T | null> {
  if (mechanism === 'SCRAM-SHA-256') return scram(store, initial, ask)
  return mechanism === 'LOGIN' ? byTurns(store, initial, ask) : plain(store, initial, ask)
}

/** RFC 4616. */
async function plain<T>(store: SaslStore<T>, initial: Buffer | null, ask: Ask): Promise<T | null> {
  const [authorise, name, password, ...more] = (initial ?? (await ask(''))).toString('utf8').split('\0')
  if (name === undefined || password === undefined || more.length > 0) throw new SaslError('malformed', 'not a PLAIN response')
  if (authorise !== '' && authorise !== name) throw new SaslError('authorise', 'acting for others is not possible')
  return store.login(name, password)
}

/** The old way of Outlook: name and password, each asked for. */
async function byTurns<T>(store: SaslStore<T>, initial: Buffer | null, ask: Ask): Promise<T | null> {
  const name = initial ?? (await ask('Username:'))
  const password = await ask('Password:')
  if (name.includes(0) || password.includes(0)) throw new SaslError('malformed', 'NUL in a name or password')
  return store.login(name.toString('utf8'), password.toString('utf8'))
}

/** RFC 7677. */
async function scram<T>(store: SaslStore<T>, initial: Buffer | null, ask: Ask): Promise<T | null> {
  const first = readClientFirst((initial ?? (await ask(''))).toString('utf8'))
  if (first === null || store.scram === undefined) throw new SaslError('malformed', 'not a SCRAM message')
  const { salt, iterations, passwords } = await store.scram(first.name)
  const challenge = serverFirst(first, salt, iterations)
  const done = finish(first, challenge, (await ask(challenge)).toString('utf8'), passwords)
  if (done === null) return null
  await ask(done.message)
  return done.found()
}
