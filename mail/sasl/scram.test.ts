import assert from 'node:assert/strict'
import { createHash, createHmac, pbkdf2Sync } from 'node:crypto'
import { test } from 'node:test'
import { authenticateBy, SaslError, type SaslStore } from './sasl.ts'
import { finish, readClientFirst, type ScramAccount, scramKeys, serverFirst } from './scram.ts'

const salt = Buffer.from('W22ZaJ0SNY7soEsUEjb6gQ==', 'base64')
const account: ScramAccount<string> = { salt, iterations: 4096, passwords: [{ ...scramKeys('other', salt, 4096), found: 'phone' }, { ...scramKeys('pencil', salt, 4096), found: 'laptop' }] }
const first = readClientFirst('n,,n=user,r=rOprNGfwEbeRWgbNEkqO') ?? assert.fail('not read')
const challenge = serverFirst(first, salt, 4096, '%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0')
const final = 'c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ='

test('the exchange of RFC 7677, and which of the passwords it was', () => {
  assert.equal(challenge, 'r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096')
  assert.deepEqual(finish(first, challenge, final, account.passwords), { found: 'laptop', message: 'v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=' })
})

test('names may hold commas and equals signs', () => assert.equal(readClientFirst('n,,n=a=2Cb=3Dc,r=x')?.name, 'a,b=c'))

for (const [name, text] of [['a wrong proof', final.replace('dHzb', 'dHzc')], ['another nonce', final.replace('rOpr', 'xOpr')], ['another header', final.replace('biws', 'eSws')], ['no proof', 'c=biws,r=x'], ['a short proof', final.replace(/p=.*/, 'p=AAAA')]] as const) {
  test(`refused: ${name}`, () => assert.equal(finish(first, challenge, text, account.passwords), null))
}
for (const text of ['', 'p=tls-unique,,n=u,r=x', 'n,a=boss,n=user,r=x', 'n,,n=,r=x', 'n,,r=x', 'n,,n=a\0b,r=x']) test(`no first message: ${text}`, () => assert.equal(readClientFirst(text), null))

const store: SaslStore<string> = { login: async (name, password) => (name === 'user' && password === 'pencil' ? 'in' : null), scram: async () => ({ ...account, passwords: account.passwords.map((one) => ({ ...one, found: async () => one.found })) }) }
const answers = (...lines: readonly string[]): ((challenge: string) => Promise<Buffer>) => {
  const waiting = [...lines]
  return async () => Buffer.from(waiting.shift() ?? '')
}

test('PLAIN and LOGIN', async () => {
  assert.equal(await authenticateBy('PLAIN', store, Buffer.from('\0user\0pencil'), answers()), 'in')
  assert.equal(await authenticateBy('LOGIN', store, null, answers('user', 'pencil')), 'in')
  assert.equal(await authenticateBy('LOGIN', store, Buffer.from('user'), answers('wrong')), null)
  await assert.rejects(authenticateBy('LOGIN', store, null, answers('us\0er', 'pencil')), SaslError)
  await assert.rejects(authenticateBy('PLAIN', store, Buffer.from('boss\0user\0pencil'), answers()), SaslError)
})

test('SCRAM end to end: the client proves that it knows the password without telling it', async () => {
  let told = ''
  const found = await authenticateBy('SCRAM-SHA-256', store, Buffer.from('n,,n=user,r=abc'), async (message) => {
    if (message.startsWith('v=')) return ((told = message), Buffer.alloc(0))
    const nonce = /^r=([^,]+)/.exec(message)?.[1] ?? ''
    const without = `c=biws,r=${nonce}`
    const salted = pbkdf2Sync('pencil', salt, 4096, 32, 'sha256')
    const key = createHmac('sha256', salted).update('Client Key').digest()
    const signature = createHmac('sha256', createHash('sha256').update(key).digest()).update(`n=user,r=abc,${message},${without}`).digest()
    return Buffer.from(`${without},p=${Buffer.from(key.map((byte, at) => byte ^ (signature[at] ?? 0))).toString('base64')}`)
  })
  assert.deepEqual([found, told.startsWith('v=')], ['laptop', true])
})
