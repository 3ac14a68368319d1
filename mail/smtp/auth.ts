import type { Input } from './input.ts'
import { type Reply, replies } from './replies.ts'

export type Credentials = { readonly login: string; readonly password: string }
type Asking = { readonly input: Input; readonly deadline: () => number; readonly send: (text: string) => void }

const LONGEST_RESPONSE = 12_288

/** The mechanisms that are announced. */
export const MECHANISMS = 'PLAIN LOGIN'

/** Carries out `AUTH` up to name and password (RFC 4954, RFC 4616); the answer is a reply when it cannot. */
export async function readCredentials(text: string, asking: Asking): Promise<Credentials | Reply> {
  const [mechanism = '', initial] = text.split(' ')
  if (/^plain$/i.test(mechanism)) {
    const response = initial === undefined ? await ask(asking, '') : decoded(initial)
    return typeof response === 'string' ? plain(response) : response
  }
  if (!/^login$/i.test(mechanism)) return replies.noMechanism
  const login = initial === undefined ? await ask(asking, 'VXNlcm5hbWU6') : decoded(initial)
  if (typeof login !== 'string') return login
  const password = await ask(asking, 'UGFzc3dvcmQ6')
  return typeof password === 'string' ? { login, password } : password
}

async function ask({ input, deadline, send }: Asking, challenge: string): Promise<string | Reply> {
  send(`334 ${challenge}\r\n`)
  const { text, fault } = await input.line(LONGEST_RESPONSE, deadline())
  if (fault !== null) return replies.badResponse
  return text === '*' ? replies.cancelled : decoded(text)
}

function decoded(text: string): string | Reply {
  if (text === '=') return ''
  return /^(?:[A-Za-z\d+/]{4})*(?:[A-Za-z\d+/]{2}==|[A-Za-z\d+/]{3}=)?$/.test(text) ? Buffer.from(text, 'base64').toString('utf8') : replies.badResponse
}

/** `authorization NUL authentication NUL password`; acting for another is not offered. */
function plain(response: string): Credentials | Reply {
  const [acting, login, password, ...more] = response.split('\0')
  if (login === undefined || password === undefined || more.length > 0 || login === '') return replies.badResponse
  return acting === '' || acting === login ? { login, password } : replies.wrongPassword
}
