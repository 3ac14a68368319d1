import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { connect, createServer } from 'node:tls'
import { selfSigned } from './self-signed.ts'

test('the certificate names its host, holds for more than two years, and its own key signed it', () => {
  const { cert } = selfSigned('mail.changning.example', new Date('2026-11-25T00:00:00Z'))
  const read = new X509Certificate(cert)
  assert.equal(read.verify(read.publicKey), true)
  assert.deepEqual([read.checkHost('mail.changning.example'), read.checkHost('localhost'), read.checkIP('127.0.0.1'), read.checkHost('other.example')], ['mail.changning.example', 'localhost', '127.0.0.1', undefined])
  assert.deepEqual([read.validFromDate.toISOString(), read.validToDate.toISOString(), read.ca], ['2026-11-24T00:00:00.000Z', '2029-02-27T00:00:00.000Z', false])
})

test('moments after 2049 are told too', () => {
  assert.equal(new X509Certificate(selfSigned('h', new Date('2049-06-01T00:00:00Z')).cert).validToDate.getUTCFullYear(), 2051)
})

test('a client that trusts it connects', async () => {
  const pair = selfSigned('localhost', new Date())
  const server = createServer(pair, (socket) => socket.end('hello'))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const client = connect({ port: (server.address() as AddressInfo).port, host: '127.0.0.1', servername: 'localhost', ca: pair.cert })
  const [data] = (await once(client, 'data')) as [Buffer]
  assert.deepEqual([data.toString(), client.authorized], ['hello', true])
  client.destroy()
  server.close()
})
