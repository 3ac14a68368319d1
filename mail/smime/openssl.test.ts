/** What OpenSSL signs is good here, and what is good here is good to OpenSSL. */
import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { indexMessage } from '../mime/part.ts'
import { readCertificate } from './certificate.ts'
import { insideOf } from './inside.ts'
import { dersIn } from './pem.ts'
import { readRevocations } from './revocation.ts'
import { contentOf, NOW, pemOf, type Person, person, revocations, signedMail } from './test/people.fixture.ts'
import { verifyMessage } from './verify.ts'

const LIN = 'lin@cn.example'
const skip = spawnSync('openssl', ['version']).status === 0 ? false : 'openssl is not installed'
let folder = ''
let root: Person
let lin: Person
const file = (name: string): string => join(folder, name)
const openssl = (...args: readonly string[]): Buffer => execFileSync('openssl', [...args], { stdio: ['ignore', 'pipe', 'pipe'] })

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'smime-'))
  root = await person({ name: '测试根', authority: true, rsa: 2048 })
  lin = await person({ name: '林晓雯', by: root, addresses: [LIN], rsa: 2048 })
  writeFileSync(file('root.pem'), pemOf(root.der))
  writeFileSync(file('lin.pem'), pemOf(lin.der))
  writeFileSync(file('lin.key'), pemOf(Buffer.from(await crypto.subtle.exportKey('pkcs8', lin.keys.privateKey)), 'PRIVATE KEY'))
  writeFileSync(file('text.eml'), contentOf('一行\r\n另一行\r\n'.repeat(2_000)))
})
after(() => rmSync(folder, { recursive: true, force: true }))

async function resultOf(raw: Buffer): Promise<string | undefined> {
  const trust = { anchors: [readCertificate(root.der) ?? assert.fail('unreadable')], standing: async () => 'good' as const }
  return (await verifyMessage(raw, indexMessage(raw), trust, NOW))?.result
}

const KINDS: readonly (readonly [string, readonly string[]])[] = [
  ['beside', []], ['wrapped', ['-nodetach']], ['wrapped in pieces', ['-nodetach', '-stream']], ['without attributes', ['-noattr']], ['PSS', ['-keyopt', 'rsa_padding_mode:pss']], ['SHA-384', ['-md', 'sha384']],
]
test('what OpenSSL signs is good, whatever the form', { skip }, async () => {
  for (const [name, options] of KINDS) {
    const signed = openssl('cms', '-sign', '-binary', '-in', file('text.eml'), '-signer', file('lin.pem'), '-inkey', file('lin.key'), ...options)
    const raw = Buffer.concat([Buffer.from(`From: ${LIN}\r\n`), Buffer.from(signed.toString('latin1').replace(/\r?\n/g, '\r\n'), 'latin1')])
    assert.equal(await resultOf(raw), 'good', name)
    if (options.includes('-nodetach')) assert.match(insideOf(raw, indexMessage(raw))?.raw.toString() ?? '', /^Content-Type: text\/plain[\s\S]*另一行\r\n$/)
  }
})

test('OpenSSL agrees about what is signed here, and about what was changed', { skip }, async () => {
  for (const opaque of [false, true]) {
    const raw = await signedMail(LIN, '正文 100', lin, { opaque, also: [root] })
    writeFileSync(file('signed.eml'), raw)
    openssl('cms', '-verify', '-in', file('signed.eml'), '-CAfile', file('root.pem'), '-out', file('out'), '-no_check_time')
    assert.match(readFileSync(file('out'), 'utf8'), /正文 100/)
    assert.equal(await resultOf(raw), 'good')
  }
  const changed = Buffer.from((await signedMail(LIN, '正文 100', lin)).toString().replace('100', '900'))
  writeFileSync(file('changed.eml'), changed)
  assert.notEqual(spawnSync('openssl', ['cms', '-verify', '-in', file('changed.eml'), '-CAfile', file('root.pem'), '-no_check_time']).status, 0)
  assert.equal(await resultOf(changed), 'tampered')
})

test('a list of revoked certificates that OpenSSL makes is read, and ours by OpenSSL', { skip }, async () => {
  writeFileSync(file('index'), 'R\t290101000000Z\t260601000000Z,keyCompromise\t0ABC12\tunknown\t/CN=x\nV\t290101000000Z\t\t0ABC13\tunknown\t/CN=y\n')
  writeFileSync(file('number'), '01\n')
  writeFileSync(file('ca.cnf'), `[ca]\ndefault_ca=one\n[one]\ndatabase=${file('index')}\ncrlnumber=${file('number')}\ndefault_md=sha256\ndefault_crl_days=30\n`)
  writeFileSync(file('root.key'), pemOf(Buffer.from(await crypto.subtle.exportKey('pkcs8', root.keys.privateKey)), 'PRIVATE KEY'))
  openssl('ca', '-gencrl', '-config', file('ca.cnf'), '-keyfile', file('root.key'), '-cert', file('root.pem'), '-out', file('list.pem'))
  const [der = Buffer.alloc(0)] = dersIn(readFileSync(file('list.pem'), 'utf8'), 'X509 CRL')
  const list = readRevocations(der) ?? assert.fail('unreadable')
  assert.deepEqual([list.serials, list.isPartial, list.isSignedBy(readCertificate(root.der) ?? assert.fail('unreadable'))], [['ABC12'], false, true])
  writeFileSync(file('ours.pem'), pemOf(await revocations(root, [lin]), 'X509 CRL'))
  assert.match(spawnSync('openssl', ['crl', '-in', file('ours.pem'), '-CAfile', file('root.pem'), '-noout'], { encoding: 'utf8' }).stderr, /verify OK/)
})

test('what OpenSSL encrypts is said to be encrypted', { skip }, async () => {
  const sealed = openssl('cms', '-encrypt', '-aes256', '-in', file('text.eml'), file('lin.pem')).toString('latin1').replace(/\r?\n/g, '\r\n')
  assert.equal(await resultOf(Buffer.from(`From: ${LIN}\r\n${sealed}`, 'latin1')), 'encrypted')
})
