/** An IMAP server of one account that kills itself at a named point, the nth time it comes there: `victim <database> <data folder> <account> <point> <nth>`. */
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { service as registry } from '#platform/registry/server/index.ts'
import { openRuntime } from '#test/runtime.ts'
import { serveImap } from '../../imap/serve.ts'
import { StoredAccount } from '../server/imap-account.ts'
import { service as store } from '../server/index.ts'
import { type MailParts, mailParts } from '../server/parts.ts'
import type { Point } from './crash.fixture.ts'

const [, , url = '', dataDir = '', account = '', wanted = '', nth = '1'] = process.argv
const runtime = openRuntime(url, dataDir, { services: [registry, store] })
const parts = mailParts(runtime)

let left = Number(nth)
async function at(point: Point): Promise<void> {
  if (point !== wanted || --left > 0) return
  process.stdout.write('there\n')
  process.kill(process.pid, 'SIGKILL')
  await Promise.withResolvers<void>().promise
}

/** The store as it is, with a word before each of its steps becomes the next. */
const watched: MailParts = {
  ...parts,
  blobs: {
    ...parts.blobs,
    async write(source, most) {
      const draft = await parts.blobs.write(source, most)
      await at('octets-written')
      return { ...draft, keep: async () => (await draft.keep(), at('octets-kept')) }
    },
  },
  runtime: {
    ...runtime,
    async command(actor, work, source) {
      const result = await runtime.command(actor, async (ctx) => {
        const made = await work(ctx)
        await at('rows-written')
        return made
      }, source)
      await at('committed')
      return result
    },
  },
}

const server = createServer((socket) => void serveImap(socket, { tls: null, plainLogin: true, log: (error) => runtime.log.error({ err: error }, 'session'), store: { login: async () => new StoredAccount(watched, account, 'lin') } }))
server.listen(0, '127.0.0.1')
await once(server, 'listening')
process.stdout.write(`${(server.address() as AddressInfo).port}\n`)
