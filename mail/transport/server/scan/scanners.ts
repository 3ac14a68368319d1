import type { Runtime } from '#platform/registry/server/runtime.ts'
import type { ClamdAddress, Scanning } from '#platform/config/contract.ts'
import { within } from '#platform/config/server/networks.ts'
import { scanWithClamd } from '../../../scan/clamd.ts'
import { Places } from '../../../scan/places.ts'
import { type Circumstances, scanWithRspamd } from '../../../scan/rspamd.ts'
import { troubleOf } from '../../../scan/trouble.ts'
import { type Found, judged, type Scanned, unscanned } from '../../arrival/scanned.ts'
import type { Handed } from '../../contract.ts'
import { clientOf, isNear } from '../arrival/check.ts'
import { noteTrouble, type ScannerId } from './state.ts'

/** Shows a message to the scanners before it is taken. `id`: its number with us. */
export type Scan = (handed: Omit<Handed, 'verdict'>, id: string) => Promise<Scanned>

/** Conversations of this process with each scanner. */
const AT_ONCE = 8
/** For one message, waiting for a place included. */
const SCAN_MS = 60_000

const scans = new WeakMap<Runtime, Scan>()

/** The scanners of the settings, one for all who take mail in this process. */
export function scanOf(runtime: Runtime): Scan {
  const known = scans.get(runtime) ?? makeScan(runtime, runtime.listening?.scanning)
  scans.set(runtime, known)
  return known
}

function makeScan(runtime: Runtime, scanning: Scanning | undefined): Scan {
  if (scanning === undefined || (scanning.clamd === null && scanning.rspamd === null)) return async () => unscanned
  const { clamd, rspamd, onFailure, most } = scanning
  const askClamd = asker(runtime, 'clamd', clamd, (address: ClamdAddress, { raw }: Asked, signal) => scanWithClamd(address, raw, signal))
  const askRspamd = asker(runtime, 'rspamd', rspamd, (address: string, { raw, circumstances }: Asked, signal) => scanWithRspamd(address, raw, circumstances, signal))
  const isGateway = within(runtime.listening?.intake?.gateways ?? [])
  return async (handed, id) => {
    const { raw, sender, recipients, origin, accountId } = handed
    const client = origin !== null && isGateway(origin.address) ? clientOf(handed, { near: isNear, isGateway }) : origin
    const asked: Asked = { raw, circumstances: { id, client, sender, recipients: recipients.map(({ address }) => address) } }
    // Whether mail of our own people is spam is not for a filter of foreign mail to say.
    const found: Found = raw.length > most
      ? { clamd: clamd && 'large', rspamd: accountId === null && rspamd !== null ? 'large' : null }
      : await both(askClamd(asked), accountId === null ? askRspamd(asked) : null)
    const scanned = judged(found, onFailure)
    if (scanned.refused !== null && scanned.refused.code >= 500) runtime.log.warn({ submission: id, address: origin?.address, ...scanned.detail }, 'mail was refused for its contents')
    return scanned
  }
}

async function both(virus: Promise<Found['clamd']>, spam: Promise<Found['rspamd']> | null): Promise<Found> {
  const [clamd, rspamd] = await Promise.all([virus, spam])
  return { clamd, rspamd }
}

type Asked = { readonly raw: Buffer; readonly circumstances: Circumstances }

/** Asks one scanner, a few at once; what goes wrong is `down`, written down for those who look after it. */
function asker<Address, Answer>(runtime: Runtime, id: ScannerId, address: Address | null, ask: (address: Address, asked: Asked, signal: AbortSignal) => Promise<Answer>): (asked: Asked) => Promise<Answer | 'down' | null> {
  if (address === null) return async () => null
  const places = new Places(AT_ONCE)
  return async (asked) => {
    const signal = AbortSignal.timeout(SCAN_MS)
    try {
      return await places.with(signal, () => ask(address, asked, signal))
    } catch (error) {
      await noteTrouble(runtime, id, troubleOf(error))
      return 'down'
    }
  }
}
