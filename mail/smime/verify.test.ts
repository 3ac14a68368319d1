import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { indexMessage } from '../mime/part.ts'
import { type Certificate, readCertificate } from './certificate.ts'
import type { Standing, Trust } from './chain.ts'
import { insideOf } from './inside.ts'
import { readRevocations } from './revocation.ts'
import { contentOf, detached, hollow, NOW, type Person, person, revocations, signedData, signedMail, wrappedMail } from './test/people.fixture.ts'
import type { Verdict } from './verdict.ts'
import { verifyMessage } from './verify.ts'

const LIN = 'lin@cn.example'
const FROM = `Lin <${LIN}>`
let root: Person
let lin: Person

before(async () => {
  root = await person({ name: '长宁区测试根', authority: true })
  lin = await person({ name: '林晓雯', by: root, addresses: [LIN], purposes: ['1.3.6.1.5.5.7.3.4'] })
})

const readOf = ({ der }: Person): Certificate => readCertificate(der) ?? assert.fail('unreadable')
const trusting = (people: readonly Person[], standing: Standing = 'good'): Trust => ({ anchors: people.map(readOf), standing: async () => standing })
const verdictOf = async (raw: Buffer, trust: Trust = trusting([root]), now = NOW): Promise<Verdict> => (await verifyMessage(raw, indexMessage(raw), trust, now)) ?? assert.fail('no verdict')
const resultOf = async (raw: Buffer, trust?: Trust, now?: Date): Promise<string> => (await verdictOf(raw, trust, now)).result

test('a good signature names the signer, those who vouch, the algorithm and the time', async () => {
  const { result, signer, form, signedAt, algorithm } = await verdictOf(await signedMail(FROM, '值班安排', lin))
  assert.deepEqual([result, form, signer?.name, signer?.issuer, signer?.addresses, signer?.chain, signedAt, algorithm], ['good', 'detached', '林晓雯', '长宁区测试根', [LIN], ['长宁区测试根'], NOW.toISOString(), 'ECDSA prime256v1、SHA-256'])
})

test('RSA, SHA-512, no attributes, an authority in between: all good', async () => {
  const between = await person({ name: '签发二级', by: root, authority: true, pathLength: 0 })
  const gu = await person({ name: '顾云程', by: between, addresses: ['gu@cn.example'], rsa: 2048 })
  assert.equal(await resultOf(await signedMail('gu@cn.example', 'x', gu, { also: [between], hash: 'SHA-512' })), 'good')
  assert.equal(await resultOf(await signedMail('GU@CN.example', 'x', gu, { also: [between], attributes: false })), 'good')
  assert.equal(await resultOf(await signedMail('gu@cn.example', 'x', gu)), 'unknown-issuer')
})

test('each octet of the signed part counts, and nothing outside it', async () => {
  const raw = await signedMail(FROM, '付款 100 元', lin)
  const at = raw.indexOf('100')
  assert.equal(await resultOf(Buffer.concat([raw.subarray(0, at), Buffer.from('900'), raw.subarray(at + 3)])), 'tampered')
  const [start, end] = [raw.indexOf('--s1\r\n') + 6, raw.indexOf('\r\n--s1\r\nContent-Type: application')]
  for (const place of [start + 14, start + 40, end - 1]) {
    const changed = Buffer.from(raw)
    changed[place] = (changed[place] ?? 0) ^ 1
    assert.equal(await resultOf(changed), 'tampered', String(place))
  }
  assert.equal(await resultOf(Buffer.concat([Buffer.from('Received: x\r\n'), raw])), 'good')
  assert.equal(await resultOf(Buffer.from(raw.toString('latin1').replaceAll('\r\n', '\n'), 'latin1')), 'good', 'CRLF made LF on the way')
  const blank = await signedData(contentOf('x \r\n'), lin)
  assert.equal(await resultOf(detached(FROM, contentOf('x\r\n'), blank)), 'tampered', 'a blank taken away')
})

test('time, revocation and what is not known of it', async () => {
  const raw = await signedMail(FROM, 'x', lin)
  assert.equal(await resultOf(raw, undefined, new Date('2029-02-01T00:00:00Z')), 'expired')
  assert.equal(await resultOf(raw, undefined, new Date('2025-12-01T00:00:00Z')), 'not-yet-valid')
  assert.equal(await resultOf(raw, trusting([root], 'revoked')), 'revoked')
  assert.equal(await resultOf(raw, trusting([root], 'unknown')), 'revocation-unknown')
})

test('somebody else’s address, in From, in Sender, in one of two From', async () => {
  const other = await verdictOf(await signedMail('gu@cn.example', 'x', lin))
  assert.deepEqual([other.result, other.matchesSender], ['address-differs', false])
  const sent = await verdictOf(Buffer.concat([Buffer.from(`Sender: ${LIN}\r\n`), await signedMail('gu@cn.example', 'x', lin)]))
  assert.deepEqual([sent.result, sent.matchesSender], ['address-differs', true])
  assert.equal(await resultOf(Buffer.concat([Buffer.from('From: gu@cn.example\r\n'), await signedMail(FROM, 'x', lin)])), 'address-differs')
})

test('unknown issuer, self-signed, one that may not vouch, one too many in between, not made for mail', async () => {
  assert.equal(await resultOf(await signedMail(FROM, 'x', lin), trusting([])), 'unknown-issuer')
  assert.equal(await resultOf(await signedMail(FROM, 'x', await person({ name: 'self', addresses: [LIN] }))), 'self-signed')
  const byPerson = await person({ name: '冒名', by: lin, addresses: [LIN] })
  assert.equal(await resultOf(await signedMail(FROM, 'x', byPerson, { also: [lin] })), 'unknown-issuer')
  const one = await person({ name: '一级', by: root, authority: true, pathLength: 0 })
  const two = await person({ name: '二级', by: one, authority: true })
  const below = await person({ name: '三级', by: two, addresses: [LIN] })
  assert.equal(await resultOf(await signedMail(FROM, 'x', below, { also: [one, two] })), 'unknown-issuer')
  const server = await person({ name: 'server', by: root, addresses: [LIN], purposes: ['1.3.6.1.5.5.7.3.1'] })
  assert.equal(await resultOf(await signedMail(FROM, 'x', server)), 'unfit')
})

test('of two certificates of an authority the valid one counts', async () => {
  const old = await person({ name: '换证二级', by: root, authority: true, to: new Date('2026-03-01T00:00:00Z') })
  const renewed = await person({ name: '换证二级', by: root, authority: true, keys: old.keys })
  const below = await person({ name: '三级', by: old, addresses: [LIN] })
  assert.equal(await resultOf(await signedMail(FROM, 'x', below, { also: [old] })), 'expired')
  assert.equal(await resultOf(await signedMail(FROM, 'x', below, { also: [old, renewed] })), 'good')
})

test('weak keys and digests', async () => {
  const small = await person({ name: 'small', by: root, addresses: [LIN], rsa: 1024 })
  assert.equal(await resultOf(await signedMail(FROM, 'x', small)), 'weak')
  const old = await person({ name: 'old', by: root, addresses: [LIN], rsa: 2048, hash: 'SHA-1' })
  assert.equal(await resultOf(await signedMail(FROM, 'x', old, { hash: 'SHA-1' })), 'weak')
})

test('wrapped content is verified and read, also twice over; encrypted is said to be', async () => {
  const raw = await signedMail(FROM, '里面的正文', lin, { opaque: true })
  const { result, form } = await verdictOf(raw)
  assert.deepEqual([result, form], ['good', 'opaque'])
  const inside = insideOf(raw, indexMessage(raw))
  assert.match(inside?.raw.toString() ?? '', /里面的正文$/)
  assert.deepEqual([inside?.message.root.subtype, inside?.message.envelope.to?.[0]?.mailbox], ['plain', 'lin'])
  const twice = wrappedMail(FROM, await signedData(raw, lin, { opaque: true }), 'signed-data')
  assert.match(insideOf(twice, indexMessage(twice))?.raw.toString() ?? '', /^Content-Type: text\/plain[\s\S]*里面的正文$/)
  for (const [kind, type] of [['enveloped-data', '1.2.840.113549.1.7.3'], ['authEnveloped-data', '1.2.840.113549.1.9.16.1.23'], ['', '1.2.840.113549.1.7.3']] as const) assert.equal(await resultOf(wrappedMail(FROM, hollow(type), kind)), 'encrypted')
})

test('national algorithms are told as not understood', async () => {
  const { result, reason } = await verdictOf(detached(FROM, contentOf('x'), hollow('1.2.156.10197.6.1.4.2.2')))
  assert.deepEqual([result, reason], ['not-understood', 'national'])
  const sha256 = Buffer.from('0609608648016503040201', 'hex')
  const der = await signedData(contentOf('x'), lin)
  const at = der.lastIndexOf(sha256)
  const sm3 = Buffer.from('06092a811ccf5501830b01', 'hex')
  const changed = Buffer.concat([der.subarray(0, at), sm3, der.subarray(at + sha256.length)])
  assert.deepEqual([(await verdictOf(detached(FROM, contentOf('x'), changed))).reason], ['national'])
})

test('a footer below a signed part takes the green away', async () => {
  const raw = (await signedMail(FROM, 'x', lin)).toString('latin1')
  const [head = '', body = ''] = [raw.slice(0, raw.indexOf('Content-Type')), raw.slice(raw.indexOf('Content-Type'))]
  const listed = Buffer.from(`${head}Content-Type: multipart/mixed; boundary=m\r\n\r\n--m\r\n${body}\r\n--m\r\nContent-Type: text/plain\r\n\r\nfooter\r\n--m--\r\n`, 'latin1')
  assert.equal(await resultOf(listed), 'partial')
})

test('garbage is malformed, much is too much, most mail costs nothing', async () => {
  assert.equal(await resultOf(detached(FROM, contentOf('x'), Buffer.from('garbage'))), 'malformed')
  assert.equal(await resultOf(detached(FROM, contentOf('x'), Buffer.alloc(0))), 'malformed')
  assert.equal(await resultOf(Buffer.from('Content-Type: multipart/signed; protocol="application/pkcs7-signature"; boundary=b\r\n\r\n--b\r\n\r\nx')), 'malformed')
  const many = await signedData(contentOf('x'), lin, { also: Array.from({ length: 1_000 }, () => root) })
  const begin = performance.now()
  const { result, reason } = await verdictOf(detached(FROM, contentOf('x'), many))
  assert.deepEqual([result, reason], ['failed', 'certificates'])
  assert.ok(performance.now() - begin < 2_000)
  assert.equal((await verdictOf(detached(FROM, contentOf('x'), Buffer.alloc(900_000)))).reason, 'size')
  const plain = Buffer.from('From: a@b\r\n\r\nx')
  assert.equal(await verifyMessage(plain, indexMessage(plain), trusting([root]), NOW), null)
})

test('a signature cut or bent at any octet never fails and is never good', async () => {
  const der = await signedData(contentOf('x'), lin)
  for (let at = 0; at < der.length; at += 2) {
    const bent = Buffer.from(der)
    bent[at] = (bent[at] ?? 0) ^ 0x55
    for (const one of [bent, der.subarray(0, at)]) {
      const verdict = await verdictOf(detached(FROM, contentOf('y'), one))
      assert.notEqual(verdict.result, 'good', String(at))
      assert.notEqual(verdict.reason, 'internal', String(at))
    }
  }
})

test('a list of revoked certificates is signed by its issuer and tells serial numbers', async () => {
  const list = readRevocations(await revocations(root, [lin])) ?? assert.fail('unreadable')
  assert.deepEqual([list.serials, list.isSignedBy(readOf(root)), list.isSignedBy(readOf(lin)), list.isPartial], [[readOf(lin).serial], true, false, false])
  assert.deepEqual([list.issuerName, list.thisUpdate.toISOString(), list.nextUpdate?.toISOString()], ['长宁区测试根', '2026-01-01T00:00:00.000Z', '2029-01-01T00:00:00.000Z'])
  const der = await revocations(root, [lin])
  const bent = Buffer.from(der)
  const at = der.indexOf(Buffer.from(readOf(lin).serial.padStart(4, '0'), 'hex'))
  bent[at] = (bent[at] ?? 0) ^ 1
  assert.equal(readRevocations(bent)?.isSignedBy(readOf(root)), false, 'another serial number')
  assert.equal(readRevocations(await revocations(root, [lin], { distributionPoint: true }))?.isPartial, true)
  assert.deepEqual(readRevocations(await revocations(root, []))?.serials, [])
  for (const broken of [Buffer.from('garbage'), Buffer.alloc(0), der.subarray(0, der.length - 1), Buffer.concat([der, Buffer.from('x')])]) assert.equal(readRevocations(broken), null)
})

test('a long list is read at once', async () => {
  const der = await revocations(root, Array.from({ length: 20_000 }, () => lin))
  const begin = performance.now()
  assert.equal(readRevocations(der)?.serials.length, 1)
  assert.ok(performance.now() - begin < 300)
})
