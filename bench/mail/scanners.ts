/** What clamd and rspamd cost a delivery: the same server without and with them, one after the other, twice. Their rules and signatures are few here, so that it is what asking costs. */
import type { Scanning } from '#platform/config/contract.ts'
import { scannersInstalled, startDaemons } from '#mail/transport/test/daemons.fixture.ts'
import { delivery } from './delivery.ts'
import type { Figure } from './parts.ts'
import { ours } from './peers.ts'

async function measured(scanning?: Scanning): Promise<readonly Figure[]> {
  if (scanning !== undefined) process.env['BENCH_SCANNING'] = JSON.stringify(scanning)
  const server = await ours(0, 0, 0)
  delete process.env['BENCH_SCANNING']
  const figures = await delivery(server)
  await server.stop()
  return figures
}

export async function scanners(): Promise<readonly Readonly<Record<string, unknown>>[]> {
  if (!scannersInstalled) throw new Error('clamd or rspamd is not installed (apt install clamav-daemon rspamd)')
  const daemons = await startDaemons()
  const scanning: Scanning = { clamd: daemons.clamd.address, rspamd: daemons.rspamd.address, onFailure: 'later', most: 26_214_400 }
  const rows = []
  for (const run of [1, 2]) {
    const [without, withThem] = [await measured(), await measured(scanning)]
    rows.push(...without.map(({ what, unit, value }, at) => ({ run, what, unit, without: value, 'with clamd and rspamd': withThem[at]?.value ?? 0, share: Number(((withThem[at]?.value ?? 0) / value).toFixed(2)) })))
  }
  await daemons.stop()
  return rows
}
