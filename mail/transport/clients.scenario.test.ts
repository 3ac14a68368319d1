import assert from 'node:assert/strict'
import { execFile, execFileSync } from 'node:child_process'
import { createSecureContext } from 'node:tls'
import { after, before, test } from 'node:test'
import { promisify } from 'node:util'
import { createTransport } from 'nodemailer'
import { scramKeys } from '../sasl/scram.ts'
import type { Account } from '../smtp/service.ts'
import { listening, type Listening } from '../smtp/test/client.ts'
import { pairOf } from '../smtp/test/pair.ts'
import { type Answered, noteAnswered } from './server/answered.ts'
import { transportParts } from './server/parts.ts'
import { smtpService } from './server/smtp-service.ts'
import { type Office, openOffice } from './test/office.fixture.ts'

const PASSWORD = 'Mail-Test-2026'
const SALT = Buffer.from('salt of the test')
const run = promisify(execFile)
let office: Office
let answered: Answered
let submission: Listening

const accountOf = (login: string): Account => ({ id: office.accounts.get(login) ?? assert.fail('nobody'), login })

before(async () => {
  office = await openOffice({ lin: 10_000_000, gu: 10_000_000 })
  answered = noteAnswered(office.it.runtime)
  const service = smtpService(transportParts(office.it.runtime), () => ({
    login: async (login, password) => (password === PASSWORD ? accountOf(login) : null),
    scram: async (login) => ({ salt: SALT, iterations: 4096, passwords: [{ ...scramKeys(PASSWORD, SALT, 4096), found: async () => accountOf(login) }] }),
  }), answered)
  submission = await listening(service, { kind: 'submission', name: 'mail.cn.example', tls: createSecureContext(pairOf()), plainLogin: true, log: (error) => assert.fail(String(error)) })
})
after(async () => {
  await submission.close()
  await answered.stop()
  await office.close()
})

/** Why a client is not tried; false when it is there. */
function absent(program: string, ...given: readonly string[]): string | false {
  try {
    execFileSync(program, given.length === 0 ? ['--version'] : given, { stdio: 'ignore' })
    return false
  } catch {
    return `${program} is not installed`
  }
}

test('nodemailer submits with STARTTLS, one connection for several messages, attachments included', { timeout: 30_000 }, async () => {
  const transport = createTransport({ host: '127.0.0.1', port: submission.port, secure: false, requireTLS: true, tls: { rejectUnauthorized: false }, auth: { user: 'lin', pass: PASSWORD }, pool: true, maxConnections: 1 })
  for (const subject of ['第一封', 'second']) {
    const sent = await transport.sendMail({ from: '林 <lin@cn.example>', to: 'gu@cn.example', bcc: 'lin@cn.example', subject, text: '正文\n.\n..\n', attachments: [{ filename: '附件.txt', content: Buffer.alloc(200_000, 'x') }] })
    assert.deepEqual(sent.rejected, [])
  }
  transport.close()
  assert.deepEqual([await office.subjects('gu'), await office.subjects('lin')], [['第一封', 'second'], ['第一封', 'second']])
  const wrong = createTransport({ host: '127.0.0.1', port: submission.port, tls: { rejectUnauthorized: false }, auth: { user: 'lin', pass: 'no' } })
  await assert.rejects(wrong.sendMail({ from: 'lin@cn.example', to: 'gu@cn.example', text: 'x' }), { code: 'EAUTH', responseCode: 535 })
})

const python = `
import smtplib, ssl, sys
s = smtplib.SMTP('127.0.0.1', int(sys.argv[1]))
c = ssl.create_default_context(); c.check_hostname = False; c.verify_mode = ssl.CERT_NONE
s.starttls(context=c); s.login('lin', sys.argv[2])
refused = s.sendmail('lin@cn.example', ['gu@cn.example', 'nobody@cn.example'], 'From: lin@cn.example\\r\\nSubject: smtplib\\r\\n\\r\\n.x\\r\\n', [], ['NOTIFY=FAILURE'])
print(refused['nobody@cn.example'][0]); s.quit()
`
test('Python smtplib submits and hears who was refused', { timeout: 30_000, skip: absent('python3') }, async () => {
  const { stdout } = await run('python3', ['-c', python, String(submission.port), PASSWORD])
  assert.equal(stdout.trim(), '550')
  assert.equal((await office.subjects('gu')).at(-1), 'smtplib')
})

test('swaks submits', { timeout: 30_000, skip: absent('swaks') || absent('perl', '-MNet::SSLeay', '-e', '1') }, async () => {
  await run('swaks', ['--server', '127.0.0.1', '--port', String(submission.port), '--tls', '--auth', 'LOGIN', '--auth-user', 'lin', '--auth-password', PASSWORD, '--from', 'lin@cn.example', '--to', 'gu@cn.example', '--h-Subject', 'swaks'])
  assert.equal((await office.subjects('gu')).at(-1), 'swaks')
})

for (const way of ['plain', 'scram-sha-256']) test(`msmtp submits with STARTTLS, signed in by ${way}`, { timeout: 30_000, skip: absent('msmtp') }, async () => {
  const sending = run('msmtp', ['--host=127.0.0.1', `--port=${submission.port}`, '--tls=on', '--tls-starttls=on', '--tls-certcheck=off', `--auth=${way}`, '--user=lin', `--passwordeval=echo ${PASSWORD}`, '--from=lin@cn.example', 'gu@cn.example'])
  sending.child.stdin?.end(`From: lin@cn.example\nTo: gu@cn.example\nSubject: msmtp ${way}\n\n.dots\n..\n`)
  await sending
  assert.equal((await office.subjects('gu')).at(-1), `msmtp ${way}`)
})
