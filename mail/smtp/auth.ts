import { authenticateBy, decodeLine, mechanisms, SaslError, type SaslStore } from '../sasl/sasl.ts'
import type { Input } from './input.ts'
import { type Reply, replies } from './replies.ts'
import { type Account, SignInLater } from './service.ts'

type Asking = { readonly input: Input; readonly deadline: () => number; readonly send: (text: string) => void }

const LONGEST_RESPONSE = 12_288

/** Carries out `AUTH` (RFC 4954); the answer is a reply when nobody signed in. */
export async function signIn(text: string, store: SaslStore<Account>, asking: Asking): Promise<Account | Reply> {
  const [name = '', initial] = text.split(' ')
  const mechanism = name.toUpperCase()
  if (!mechanisms(store).includes(mechanism)) return replies.noMechanism
  try {
    const first = initial === undefined ? null : initial === '=' ? Buffer.alloc(0) : decodeLine(initial)
    return (await authenticateBy(mechanism, store, first, (challenge) => ask(asking, challenge))) ?? replies.wrongPassword
  } catch (error) {
    return refusalOf(error)
  }
}

async function ask({ input, deadline, send }: Asking, challenge: string): Promise<Buffer> {
  send(`334 ${Buffer.from(challenge, 'utf8').toString('base64')}\r\n`)
  const { text, fault } = await input.line(LONGEST_RESPONSE, deadline())
  if (fault !== null) throw new SaslError('malformed', 'no line')
  return decodeLine(text)
}

const REFUSALS: Readonly<Record<SaslError['kind'], Reply>> = { malformed: replies.badResponse, cancelled: replies.cancelled, authorise: replies.wrongPassword }

function refusalOf(error: unknown): Reply {
  if (error instanceof SignInLater) return replies.laterPassword
  if (error instanceof SaslError) return REFUSALS[error.kind]
  throw error
}
