/** Signed mail from SMTP to the page: the verdict of its arrival, whom the administrator trusts, and a second look. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { type District, openDistrict } from '#test/mail/district.ts'
import type { TestRuntime } from '#test/runtime.ts'
import type { MailMessageWire, MailSignatureWire } from './api.ts'
import { pemOf, type Person, person, revocations, signedMail, wrappedMail, hollow } from './smime/test/people.fixture.ts'
import { StoredAccount } from './store/server/imap-account.ts'
import { closeMailParts, mailParts } from './store/server/parts.ts'
import { listening, type Listening, rawClient } from './smtp/test/client.ts'
import { type Answered, noteAnswered } from './transport/server/answered.ts'
import { transportParts } from './transport/server/parts.ts'
import { smtpService } from './transport/server/smtp-service.ts'
import type { AnchorWire } from './trust-api.ts'

const OUTSIDE = 'zhao@partner.example'
const LIN = 'linxiaowen@mail.changning.example'
let it: TestRuntime
let district: District
let base = ''
let admin = ''
let lin = ''
let inbox = 0
let mx: Listening
let answered: Answered
let root: Person
let zhao: Person

before(async () => {
  district = await openDistrict()
  ;({ it, base } = district)
  answered = noteAnswered(it.runtime)
  mx = await listening(smtpService(transportParts(it.runtime), () => ({ login: async () => null }), answered), { name: 'mail.changning.example', kind: 'mx', tls: null, plainLogin: false, log: (error) => assert.fail(String(error)) })
  ;[admin, lin] = [await signIn('sysadmin'), await signIn('linxiaowen')]
  inbox = (await json<{ items: { id: number }[] }>(get(lin, '/api/mail/folders'))).items[0]?.id ?? 0
  root = await person({ name: '合作单位证书中心', authority: true })
  zhao = await person({ name: '赵明', by: root, addresses: [OUTSIDE] })
})
after(async () => {
  await mx.close()
  await answered.stop()
  closeMailParts(it.runtime)
  await district.close()
})

const signIn = (login: string): Promise<string> => district.signIn(login)
const get = (cookie: string, path: string): Promise<Response> => fetch(base + path, { headers: { cookie } })
const post = (cookie: string, name: string, body: unknown): Promise<Response> => fetch(`${base}/api/mail/${name}`, { method: 'POST', headers: { cookie, 'content-type': 'application/json' }, body: JSON.stringify(body) })
async function json<T>(answer: Promise<Response>): Promise<T> {
  const got = await answer
  assert.equal(got.status, 200, await got.clone().text())
  return (await got.json()) as T
}
const codeOf = async (answer: Promise<Response>): Promise<string> => ((await (await answer).json()) as { error: { code: string } }).error.code

type Line = { readonly uid: number; readonly attachments: number; readonly preview: string }
/** The message that came last. */
const last = async (): Promise<Line> => (await json<{ items: Line[] }>(get(lin, `/api/mail/messages?mailbox=${inbox}&limit=1`))).items[0] ?? assert.fail('no mail')
const open = (uid: number): Promise<MailMessageWire> => json(get(lin, `/api/mail/message?mailbox=${inbox}&uid=${uid}`))

/** Hands a message in by SMTP; answers it as the page shows it. */
async function arrive(raw: Buffer): Promise<MailMessageWire> {
  const client = await rawClient(mx.port)
  await client.say('EHLO out.partner.example\r\n', /^250 /m)
  await client.say(`MAIL FROM:<${OUTSIDE}>\r\nRCPT TO:<${LIN}>\r\nDATA\r\n`, /^354 /m)
  client.socket.write(raw)
  assert.match(await client.say('\r\n.\r\n', /^\d{3} /m), /^250 /m)
  client.socket.write('QUIT\r\n')
  await client.rest()
  return open((await last()).uid)
}
const signatureOf = (message: MailMessageWire): MailSignatureWire => message.signature ?? assert.fail('no signature')

test('nobody is trusted at first; an issuer and its list make a signature good, a second look keeps the first', async () => {
  const message = await arrive(await signedMail(`=?utf-8?B?6LW15piO?= <${OUTSIDE}>`, '合同已寄出', zhao))
  assert.deepEqual([signatureOf(message).result, signatureOf(message).signer?.name, message.attachments, message.text], ['unknown-issuer', '赵明', [], '合同已寄出'])
  assert.deepEqual(await json(post(admin, 'add-trust', { content: pemOf(root.der) })), { names: ['合作单位证书中心'] })
  assert.deepEqual(await json(post(admin, 'add-trust', { content: root.der.toString('base64') })), { names: [] })
  assert.equal(signatureOf(await open(message.uid)).result, 'unknown-issuer', 'what was found at arrival stays')
  assert.deepEqual(await json(post(lin, 'verify-signature', { mailbox: inbox, uid: message.uid })), { result: 'revocation-unknown' })
  assert.deepEqual([signatureOf(await open(message.uid)).result, signatureOf(await open(message.uid)).first], ['revocation-unknown', 'unknown-issuer'])
  assert.deepEqual(await json(post(admin, 'add-revocations', { content: pemOf(await revocations(root, []), 'X509 CRL') })), { name: '合作单位证书中心', count: 0 })
  assert.equal(signatureOf(await arrive(await signedMail(OUTSIDE, '第二封', zhao))).result, 'good')
})

test('what is wrapped up is read from the inside; encrypted is told; other mail has nothing noted', async () => {
  const opaque = await arrive(await signedMail(OUTSIDE, '包在签名里的正文', zhao, { opaque: true }))
  assert.deepEqual([signatureOf(opaque).result, signatureOf(opaque).form, opaque.text, opaque.attachments], ['good', 'opaque', '包在签名里的正文', []])
  const line = await last()
  assert.deepEqual([line.attachments, line.preview], [0, '包在签名里的正文'])
  assert.match(await (await get(lin, `/api/mail/body?mailbox=${inbox}&uid=${opaque.uid}`)).text(), /<pre>包在签名里的正文<\/pre>/)
  assert.match(await (await get(lin, `/api/mail/original?mailbox=${inbox}&uid=${opaque.uid}`)).text(), /application\/pkcs7-mime/)
  assert.deepEqual((await json<{ items: Line[] }>(get(lin, `/api/mail/messages?mailbox=${inbox}&search=${encodeURIComponent('签名里')}`))).items.map(({ uid }) => uid), [opaque.uid])
  const sealed = await arrive(wrappedMail(OUTSIDE, hollow('1.2.840.113549.1.7.3'), 'enveloped-data'))
  assert.deepEqual([signatureOf(sealed).result, sealed.attachments.map(({ name }) => name)], ['encrypted', ['smime.p7m']])
  const plain = await arrive(Buffer.from(`From: ${OUTSIDE}\r\nSubject: plain\r\n\r\nx`))
  assert.equal(plain.signature, null)
  assert.equal(await codeOf(post(lin, 'verify-signature', { mailbox: inbox, uid: plain.uid })), 'mail.signature.none')
  assert.equal((await sql<{ n: number }>`select count(*)::int as n from mail_signature s join mail_message m on m.id = s.message_id where m.subject = 'plain'`.execute(it.runtime.db)).rows[0]?.n, 0)
})

test('what a mail program puts into a folder is verified like what arrives', async () => {
  const account = (await sql<{ id: string }>`select account_id as id from mail_mailbox where id = ${inbox}`.execute(it.runtime.db)).rows[0]?.id ?? ''
  await new StoredAccount(mailParts(it.runtime), account, 'linxiaowen').append(inbox, [{ raw: await signedMail(OUTSIDE, '由客户端放入', zhao), flags: [], internalAt: null }])
  const message = await open((await last()).uid)
  assert.deepEqual([message.text, signatureOf(message).result], ['由客户端放入', 'good'])
})

test('tampered, wrong address and revoked are found at arrival', async () => {
  const raw = await signedMail(OUTSIDE, '付款 100 元', zhao)
  assert.equal(signatureOf(await arrive(Buffer.from(raw.toString('latin1').replace('100', '900'), 'latin1'))).result, 'tampered')
  assert.equal(signatureOf(await arrive(await signedMail('qian@partner.example', 'x', zhao))).result, 'address-differs')
  const list = await revocations(root, [zhao], { from: new Date('2026-06-01T00:00:00Z') })
  assert.deepEqual(await json(post(admin, 'add-revocations', { content: list.toString('base64') })), { name: '合作单位证书中心', count: 1 })
  const revoked = signatureOf(await arrive(raw))
  assert.deepEqual([revoked.result, revoked.signer?.chain], ['revoked', ['合作单位证书中心']])
})

test('strange names of a signer are stored as they can be', async () => {
  const strange = await person({ name: `\\u0000 \u0000\u202e${'x'.repeat(240)}${'😀'.repeat(20)}`, by: root, addresses: [OUTSIDE] })
  const { result, signer } = signatureOf(await arrive(await signedMail(OUTSIDE, 'x', strange)))
  assert.equal(result, 'good')
  assert.match(signer?.name ?? '', /^\\u0000 {3}x{240}/)
  assert.ok(signer?.name.isWellFormed())
})

test('a message that came before signatures were verified can be verified', async () => {
  const { uid } = await arrive(await signedMail(OUTSIDE, '旧邮件', zhao))
  await sql`delete from mail_signature where message_id = (select message_id from mail_entry where mailbox_id = ${inbox} and uid = ${uid})`.execute(it.runtime.db)
  assert.equal(signatureOf(await open(uid)).result, 'unchecked')
  await json(post(lin, 'verify-signature', { mailbox: inbox, uid }))
  assert.deepEqual([signatureOf(await open(uid)).result, signatureOf(await open(uid)).first], ['revoked', null])
})

test('what is no issuer, no list or no list of anybody trusted is refused with the way out', async () => {
  const other = await person({ name: '别处', authority: true })
  const refused: readonly (readonly [string, string, string])[] = [
    ['add-trust', '不是证书', 'mail.trust.none'], ['add-trust', pemOf(Buffer.from('garbage')), 'mail.trust.unreadable'], ['add-trust', pemOf(zhao.der), 'mail.trust.authority'],
    ['add-trust', pemOf((await person({ name: '旧', authority: true, to: new Date('2026-02-01T00:00:00Z') })).der), 'mail.trust.expired'], ['add-trust', pemOf((await person({ name: '短', authority: true, rsa: 1024 })).der), 'mail.trust.weak'],
    ['add-revocations', 'x', 'mail.revocations.unreadable'], ['add-revocations', pemOf(await revocations(other, []), 'X509 CRL'), 'mail.revocations.issuer'],
    ['add-revocations', pemOf(await revocations(root, [], { to: new Date('2026-02-01T00:00:00Z') }), 'X509 CRL'), 'mail.revocations.old'], ['add-revocations', pemOf(await revocations(root, []), 'X509 CRL'), 'mail.revocations.before'],
  ]
  for (const [name, content, code] of refused) assert.equal(await codeOf(post(admin, name, { content })), code, code)
  assert.equal((await post(lin, 'add-trust', { content: pemOf(other.der) })).status, 403)
  assert.equal((await get(lin, '/api/mail/trust')).status, 403)
})

test('an old list says nothing of what it does not name; an issuer is taken away, with its name in the audit', async () => {
  const qian = await person({ name: '钱静', by: root, addresses: ['qian@partner.example'] })
  const raw = await signedMail('qian@partner.example', 'x', qian)
  assert.equal(signatureOf(await arrive(raw)).result, 'good')
  await sql`update mail_trust_anchor set list_to = '2026-01-01'`.execute(it.runtime.db)
  assert.equal(signatureOf(await arrive(Buffer.concat([Buffer.from('X-Again: 1\r\n'), raw]))).result, 'revocation-unknown')
  const [anchor] = (await json<{ items: AnchorWire[] }>(get(admin, '/api/mail/trust'))).items
  assert.deepEqual([anchor?.name, anchor?.list?.count, anchor?.list?.isOld], ['合作单位证书中心', 1, true])
  await json(post(admin, 'remove-trust', { id: anchor?.id }))
  assert.equal(await codeOf(post(admin, 'remove-trust', { id: anchor?.id })), 'mail.trust.missing')
  const { rows } = await sql<{ action: string; title: string }>`select action, object_title as title from audit_entry where action in ('mail.add-trust', 'mail.remove-trust', 'mail.add-revocations') and object_title is not null`.execute(it.runtime.db)
  assert.deepEqual([...new Set(rows.map(({ action, title }) => `${action} ${title}`))].toSorted(), ['mail.add-revocations 合作单位证书中心', 'mail.add-trust 合作单位证书中心', 'mail.remove-trust 合作单位证书中心'])
})
