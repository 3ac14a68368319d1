import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { test } from 'node:test'
import { fill } from '#kit/words.ts'
import { covers, namesOf, readPair, remarksOf } from './pem.ts'
import { authority, issuedPair } from './test/authority.ts'
import { listenerErrors } from './words.ts'

const now = new Date('2026-11-25T00:00:00Z')
const root = authority('承明根证书')
const middle = authority('承明中间证书', root)
const leaf = issuedPair('mail.cn.example', middle)

/** The sentence an administrator reads, or what the chain leads to. */
const told = (chain: string, key: string, at = now): string => {
  const pair = readPair(chain, key, at)
  if (!('code' in pair)) return `${pair.chain.length} certificates`
  const word = (listenerErrors as Readonly<Record<string, { readonly text: string }>>)[pair.code] ?? assert.fail(pair.code)
  return fill(word.text, pair.values)
}

test('a chain in order with its key is taken, and its names are told', () => {
  assert.equal(told(leaf.cert + middle.cert + root.cert, leaf.key), '3 certificates')
  const pair = readPair(leaf.cert, leaf.key, now)
  if ('code' in pair) return assert.fail(pair.code)
  const [first] = pair.chain
  assert.deepEqual(first && namesOf(first), ['mail.cn.example', 'localhost', '127.0.0.1'])
  assert.deepEqual(first && [covers(first, 'mail.cn.example'), covers(first, 'oa.cn.example'), covers(first, '127.0.0.1')], [true, false, true])
  assert.deepEqual(remarksOf(pair.chain), ['alone'])
})

const other = issuedPair('mail.cn.example', middle)
const locked = generateKeyPairSync('ec', { namedCurve: 'P-256', publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' } }).privateKey
const cases: readonly (readonly [what: string, chain: string, key: string, told: RegExp])[] = [
  ['no certificate', 'hello', leaf.key, /“证书链”中没有找到证书/],
  ['a broken one', leaf.cert.replace(/\n.{20}/, '\nAAAAAAAAAAAAAAAAAAAA'), leaf.key, /第 1 个证书无法读取/],
  ['no key', leaf.cert, leaf.cert, /“私钥”中没有找到私钥/],
  ['a key with a password', leaf.cert, locked, /“私钥”有密码保护/],
  ['a broken key', leaf.cert, leaf.key.replace(/\n.{20}/, '\nAAAAAAAAAAAAAAAAAAAA'), /“私钥”无法读取/],
  ['another key', leaf.cert, other.key, /不相符/],
  ['the leaf not first', middle.cert + leaf.cert, leaf.key, /服务器证书排在第 2 个；请把它放在第一个/],
  ['the middle left out', leaf.cert + root.cert, leaf.key, /第 2 个“承明根证书”没有签发第 1 个证书，应为“承明中间证书”的证书/],
  ['too many', leaf.cert.repeat(11), leaf.key, /超过 10 个/],
]
for (const [what, chain, key, expected] of cases) test(`refused with the reason: ${what}`, () => assert.match(told(chain, key), expected))

test('refused with the reason: ended, not begun', () => {
  assert.match(told(leaf.cert, leaf.key, new Date('2040-01-01')), /“mail\.cn\.example”已于 2029-01-01 过期/)
  assert.match(told(leaf.cert, leaf.key, new Date('2020-01-01')), /从 2026-01-01 起才有效/)
})

test('however long what is pasted, it is read in time', () => {
  const before = performance.now()
  assert.match(told(`-----BEGIN CERTIFICATE-----${'A\n'.repeat(30_000)}`, leaf.key), /没有找到证书/)
  assert.ok(performance.now() - before < 500)
})
