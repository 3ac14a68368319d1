/** A client that sends exactly what it is told and collects what it hears. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import type { SmtpService } from '../service.ts'
import { Memory } from '../memory.ts'
import { serveSmtp, type SmtpOptions } from '../serve.ts'

export type RawClient = {
  readonly socket: Socket
  /** Sends, then waits until what was heard since fits. */
  say(text: string | Buffer, until: RegExp): Promise<string>
  /** All that is still heard until the server ends the connection. */
  rest(): Promise<string>
}

export async function rawClient(port: number): Promise<RawClient> {
  const client = hear(connect(port, '127.0.0.1'))
  await client.say('', /^\d{3} .*\r\n/m)
  return client
}

export function hear(socket: Socket): RawClient {
  let heard = ''
  let wake = (): void => undefined
  let over = false
  socket.on('data', (chunk) => {
    heard += chunk.toString('latin1')
    wake()
  })
  socket.on('error', () => undefined)
  for (const event of ['end', 'close'] as const) {
    socket.on(event, () => {
      over = true
      wake()
    })
  }
  const waited = async (done: () => boolean): Promise<string> => {
    while (!done()) {
      const { promise, resolve } = Promise.withResolvers<void>()
      wake = resolve
      await promise
    }
    const all = heard
    heard = ''
    return all
  }
  return {
    socket,
    say(text, until) {
      socket.write(text)
      return waited(() => {
        if (over && !until.test(heard)) assert.fail(`ended before ${until}: ${heard}`)
        return until.test(heard)
      })
    },
    rest: () => waited(() => over),
  }
}

export type Listening = { readonly port: number; readonly memory: Memory; readonly sockets: ReadonlySet<Socket>; close(): Promise<void> }

/** A server on loopback with nothing around it. */
export async function listening(service: SmtpService, options: SmtpOptions): Promise<Listening> {
  const memory = new Memory()
  const sockets = new Set<Socket>()
  const server: Server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket)
    socket.on('close', () => void sockets.delete(socket))
    serveSmtp(socket, '127.0.0.1', service, options, memory)
  })
  server.listen(0, '127.0.0.1', 4_096)
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    memory,
    sockets,
    async close() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
