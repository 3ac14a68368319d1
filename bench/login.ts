/** Sign-ins at the interface: how many a second, and how close that comes to the bare password hash, which is meant to be slow. */
import { verify, hash } from '@node-rs/argon2'
import { generate } from '#test/world/world.ts'
import { PEOPLE, hammer, percentiles, report, signIn, startServer } from './harness.ts'

const SIGN_INS = Number(process.argv[2] ?? 200)
/** As in platform/identity/server/passwords.ts. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

async function bareHashes(atOnce: number): Promise<number> {
  const stored = await hash('Changning-Bench-2026', COST)
  const { seconds } = await hammer(SIGN_INS, atOnce, async () => void (await verify(stored, 'Changning-Bench-2026')))
  return SIGN_INS / seconds
}

const bare = new Map<number, number>()
for (const atOnce of [1, 4, 16]) bare.set(atOnce, await bareHashes(atOnce))
const server = await startServer()
const logins = generate(PEOPLE).accounts.map(({ login }) => login)
await signIn(server.address, logins[0] ?? '')
const rows: object[] = []
let from = 1
for (const [atOnce, hashes] of bare) {
  const first = from
  const { times, seconds } = await hammer(SIGN_INS, atOnce, async (index) => void (await signIn(server.address, logins[first + index] ?? '')))
  from += SIGN_INS
  const { p50, p95 } = percentiles(times)
  rows.push({ 'at once': atOnce, 'sign-ins/s': Number((SIGN_INS / seconds).toFixed(1)), p50, p95, 'bare hashes/s': Number(hashes.toFixed(1)), ratio: Number((SIGN_INS / seconds / hashes).toFixed(2)) })
}
report('login', rows, { people: PEOPLE })
await server.stop()
process.exit(0)
