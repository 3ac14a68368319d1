import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { tlsOf } from '#mail/listeners/server/certificate.ts'
import { type Listening, listening, rawClient, type RawClient } from '#mail/smtp/test/client.ts'
import { service as store } from '#mail/store/server/index.ts'
import { openAccount } from '#mail/store/server/accounts.ts'
import { noteAnswered } from '#mail/transport/server/answered.ts'
import { service as transport } from '#mail/transport/server/index.ts'
import { transportParts } from '#mail/transport/server/parts.ts'
import { smtpService } from '#mail/transport/server/smtp-service.ts'
import { service as registry } from '#platform/registry/server/index.ts'
import { testRuntime } from '../runtime.ts'
import { filesOf, type Row } from './suites.ts'

/** Why a script says nothing about this server. */
const OUTSIDE: Readonly<Record<string, string>> = { authplain: 'signs in without EHLO, which alone announces AUTH (RFC 4954 4)' }

/** Lines in an answer to EHLO that are names of that server, a spelling of old clients, or AUTH, which is for our own people on a port of their own. */
const FREE = /^(?:mydomain|AUTH[ =])/

type Exchange = { readonly sends: readonly string[]; readonly expects: readonly string[] }

/** What a script sends at once, and the replies it then expects. */
function exchangesOf(text: string): readonly Exchange[] {
  const all: { sends: string[]; expects: string[] }[] = [{ sends: [], expects: [] }]
  for (const line of text.split(/\r?\n/)) {
    const last = all.at(-1)
    if (line.startsWith('S:')) last?.expects.push(line.slice(3))
    if (!line.startsWith('C:')) continue
    const sent = line.slice(3).replaceAll('\\r\\n', '\r\n')
    if (last !== undefined && last.expects.length === 0) last.sends.push(sent)
    else all.push({ sends: [sent], expects: [] })
  }
  return all
}

/** A reply as far as the protocol fixes it: its code, and the name of an extension. */
const fixed = (line: string): string => /^\d{3}(?:[ -](?!\d)[A-Z0-9]+(?=[ -]|$))?/.exec(line)?.[0].replace('-', ' ') ?? line

/** A script that asks for a refusal takes any. */
const isRefusal = (line: string): boolean => /^[45]/.test(line)

/** What was expected and not heard; null: nothing. */
function missing({ expects }: Exchange, heard: readonly string[]): string | null {
  const told = heard.flatMap((line) => [fixed(line), line.slice(0, 3)])
  return expects.find((line) => !FREE.test(line.slice(4)) && (isRefusal(line) ? !heard.some(isRefusal) : !told.includes(fixed(line.replace(/\.\*$/, ''))))) ?? null
}

async function play(client: RawClient, text: string): Promise<string | null> {
  for (const exchange of exchangesOf(text).slice(1)) {
    const replies = exchange.expects.filter((line) => /^\d{3} /.test(line) || line.endsWith('.*')).length
    const announced = exchange.sends.some((line) => /^ehlo/i.test(line)) ? 1 : 0
    const said = await client.say(`${exchange.sends.join('\r\n')}\r\n`, new RegExp(`(?:^\\d{3} .*\\r\\n[^]*){${Math.max(1, replies - announced)}}`, 'm'))
    const wrong = missing(exchange, said.trim().split('\r\n'))
    if (wrong !== null) return `after ${exchange.sends.at(-1) ?? ''}: ${wrong} is not in ${said}`
  }
  return null
}

/** Plays the SMTP scripts: as a server before us, or as one of our people where a script signs in. */
export async function mptSmtp(suite: string): Promise<readonly Row[]> {
  const it = await testRuntime({ services: [registry, store, transport] })
  const id = await it.runtime.command(null, (ctx) => openAccount(ctx, { kind: 'shared', ownerId: null, name: 'bob', address: 'bob@mydomain.tld', quota: 1_000_000 }))
  await it.runtime.command(null, (ctx) => openAccount(ctx, { kind: 'shared', ownerId: null, name: 'starttls', address: 'starttls@mydomain.tld', quota: 1_000_000 }))
  const answered = noteAnswered(it.runtime)
  const service = smtpService(transportParts(it.runtime, { host: 'mydomain.tld' }), () => ({ login: async (login, password) => (login === 'bob@mydomain.tld' && password === 'secret' ? { id, login } : null) }), answered)
  const serve = (kind: 'mx' | 'submission'): Promise<Listening> => listening(service, { name: 'mydomain.tld', kind, tls: tlsOf(it.runtime, undefined), plainLogin: true, log: () => undefined })
  const [mx, submission] = [await serve('mx'), await serve('submission')]
  const rows: Row[] = []
  for (const file of filesOf(join(suite, 'smtp'), '.test')) {
    const [name, text] = [basename(file, '.test'), readFileSync(join(suite, 'smtp', file), 'utf8')]
    const outside = OUTSIDE[name]
    if (outside !== undefined) {
      rows.push({ name: `smtp/${name}`, result: 'out of scope', note: outside })
      continue
    }
    const client = await rawClient((/AUTH LOGIN$/m.test(text) ? submission : mx).port)
    const wrong = await play(client, text)
    client.socket.destroy()
    rows.push({ name: `smtp/${name}`, result: wrong === null ? 'passed' : 'failed', note: wrong ?? '' })
  }
  await Promise.all([mx.close(), submission.close(), answered.stop()])
  await it.close()
  return rows
}
