/** A client with very many messages that asks for sums without end: the others are heard in between. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { test } from 'node:test'
import { servePop } from './serve.ts'
import type { Maildrop } from './store.ts'

const drop: Maildrop = {
  uidValidity: 1, messages: Array.from({ length: 100_000 }, (_, at) => ({ uid: at + 1, key: at, size: 1 })),
  read: async () => Buffer.from(''), downloaded: async () => undefined, renew: async () => true, remove: async () => undefined, release: async () => undefined,
}

test('sums of 100,000 messages, a thousand times in one go', { timeout: 60_000 }, async () => {
  const inside: Socket[] = []
  const server = createServer((socket) => {
    inside.push(socket)
    servePop(socket, { store: { login: async () => ({ open: async () => drop }) }, tls: null, plainLogin: true, log: (error) => assert.fail(String(error)) })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const client = (): Socket => connect((server.address() as AddressInfo).port, '127.0.0.1')
  const [busy, other] = [client(), client()]
  const heard: string[] = []
  const answers = (): number => heard.join('').split('100000 100000').length - 1
  busy.on('data', (chunk: Buffer) => void heard.push(chunk.toString()))
  await once(other, 'data')
  busy.write(`USER a\r\nPASS b\r\n${'STAT\r\n'.repeat(1_000)}`)
  while (answers() === 0) await once(busy, 'data')
  other.write('CAPA\r\n')
  assert.match(String((await once(other, 'data'))[0]), /^\+OK/)
  assert.ok(answers() < 1_000, 'it was heard in between')
  for (const socket of [busy, other, ...inside]) socket.destroy()
  server.close()
})
