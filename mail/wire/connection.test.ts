import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { after, test } from 'node:test'
import { Connection, type Talk, type Wire } from './connection.ts'

const servers: Server[] = []
const ends: Socket[] = []
const connections = new Set<Connection>()
after(() => {
  for (const server of servers) server.close()
  for (const socket of ends) socket.destroy()
})

/** A client of a conversation that signs in with its first word, unless it never does, and then waits for ever, as IDLE does. */
async function waiting(says: string | null, signsIn = true): Promise<Socket> {
  const start = (wire: Wire): Talk => {
    let known = false
    return {
      push: () => {
        known = signsIn
        if (known) void wire.write(Buffer.from('welcome\r\n'))
      },
      full: false,
      get known() {
        return known
      },
      idle: () => new Promise(() => undefined),
      async leave(why) {
        await wire.write(Buffer.from(`bye ${why}\r\n`))
        wire.end()
      },
      close: () => undefined,
    }
  }
  const options = { limits: { quietBefore: 150, quietAfter: 60_000 }, tls: null, log: (error: unknown) => assert.fail(String(error)) }
  const server = createServer((socket) => {
    ends.push(socket)
    connections.add(new Connection(socket, start, options))
  })
  servers.push(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1')
  ends.push(client)
  if (says !== null) {
    client.write(says)
    await once(client, 'data')
  }
  return client
}

test('who has signed in may be quiet in the middle of a command; who has not is told goodbye', { timeout: 20_000 }, async () => {
  const known = await waiting('login\r\n')
  const silent = await waiting(null)
  const [said] = (await once(silent, 'data')) as [Buffer]
  assert.match(said.toString(), /^bye too long without a word/)
  assert.equal(known.destroyed || known.readableEnded, false)
})

test('who says a word now and then and never signs in is told goodbye after a while', { timeout: 20_000 }, async () => {
  const slow = await waiting(null, false)
  const drip = setInterval(() => void slow.write('x'), 40)
  const [said] = (await once(slow, 'data')) as [Buffer]
  clearInterval(drip)
  assert.match(said.toString(), /^bye too long without signing in/)
})

test('TLS on a connection that is plain is cut off at once', { timeout: 20_000 }, async () => {
  const client = await waiting(null)
  client.write(Buffer.from([22, 3, 1, 2, 0, 1]))
  await once(client, 'close')
})
