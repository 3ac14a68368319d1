/** Memory of the server's process: at rest, after a hundred lists, and with a thousand open event streams. */
import { get } from 'node:http'
import type { ClientRequest } from 'node:http'
import { once } from 'node:events'
import { generate } from '#test/world/world.ts'
import { PEOPLE, RECORDS, hammer, report, signIn, startServer } from './harness.ts'

const STREAMS = Number(process.argv[2] ?? 1_000)
/** A person has no more than eight. */
const EACH = 8

const server = await startServer()

/** Resident memory and heap as the server itself tells, in MB. */
async function memory(what: string): Promise<object> {
  const text = await (await fetch(`${server.address}/metrics`)).text()
  const mb = (name: string): number => Math.round(Number(new RegExp(`^${name} (\\S+)`, 'm').exec(text)?.[1] ?? 0) / 1_048_576)
  return { what, 'resident MB': mb('process_resident_memory_bytes'), 'heap used MB': mb('nodejs_heap_size_used_bytes') }
}

function openStream(cookie: string): Promise<ClientRequest> {
  return new Promise((resolve, reject) => {
    const request = get(`${server.address}/api/events`, { headers: { cookie }, agent: false }, (response) => {
      response.resume()
      if (response.statusCode === 200) resolve(request)
      else reject(new Error(`stream refused with ${response.statusCode}`))
    })
    request.on('error', reject)
  })
}

const rows = [await memory('after the start')]
const logins = generate(PEOPLE).accounts.map(({ login }) => login).slice(0, Math.ceil(STREAMS / EACH))
const cookies: string[] = []
for (const login of logins) cookies.push(await signIn(server.address, login))
await hammer(100, 4, async (index) => void (await (await fetch(`${server.address}/api/todos?box=done`, { headers: { cookie: cookies[index % cookies.length] ?? '' } })).text()))
rows.push(await memory(`${cookies.length} people signed in, 100 lists read`))
const streams: ClientRequest[] = []
await hammer(STREAMS, 16, async (index) => void streams.push(await openStream(cookies[index % cookies.length] ?? '')))
rows.push(await memory(`${streams.length} event streams open`))
const { times } = await hammer(200, 8, async () => void (await (await fetch(`${server.address}/api/session`, { headers: { cookie: cookies[0] ?? '' } })).text()))
const closed = Promise.all(streams.map((stream) => once(stream, 'close')))
for (const stream of streams) stream.destroy()
await closed
rows.push(await memory('streams closed again'))
report('memory', rows, { people: PEOPLE, records: RECORDS, 'slowest answer with the streams open, ms': Math.round(Math.max(...times)) })
await server.stop()
process.exit(0)
