import { sql } from 'kysely'
import type { Scanning } from '#platform/config/contract.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { runtimeOf } from '#platform/registry/server/of.ts'
import type { Runtime } from '#platform/registry/server/runtime.ts'
import { versionOfClamd } from '../../../scan/clamd.ts'
import { versionOfRspamd } from '../../../scan/rspamd.ts'
import { type ScanTrouble, troubleOf } from '../../../scan/trouble.ts'
import { scannerTroubles } from '../../words.ts'

export type ScannerId = 'clamd' | 'rspamd'
/** `waiting`: not looked at yet, or not lately. Times are ISO 8601, `signatures` as clamd's clock has it. */
export type ScannerState = {
  readonly id: ScannerId
  readonly state: 'connected' | 'down' | 'waiting' | 'off'
  readonly address: string
  readonly version: string | null
  readonly signatures: string | null
  readonly checkedAt: string | null
  readonly lastError: { readonly text: string; readonly at: string } | null
}

const CHECK_MS = 3_000
/** Looked at every minute; older, nobody knows. */
const FRESH = '3 minutes'
/** A scanner that is away is met by every message. */
const NOTE_MS = 10_000

const noted = new WeakMap<Runtime, Map<ScannerId, number>>()

const textOf = ({ kind, detail }: ScanTrouble): string => `${scannerTroubles[kind]}${detail === '' ? '' : `（${detail}）`}`

/** Writes down what went wrong with a scanner, every few seconds at most. */
export async function noteTrouble(runtime: Runtime, id: ScannerId, trouble: ScanTrouble): Promise<void> {
  const times = noted.get(runtime) ?? new Map<ScannerId, number>()
  noted.set(runtime, times)
  if (performance.now() - (times.get(id) ?? -NOTE_MS) < NOTE_MS) return
  times.set(id, performance.now())
  runtime.log.error({ err: trouble, scanner: id }, 'a scanner of mail gives no answer')
  await runtime.command(null, (ctx) => write(ctx, id, trouble)).catch((error: unknown) => runtime.log.warn({ err: error }, 'the state of a scanner cannot be written'))
}

type Seen = { readonly version: string; readonly signatures: string | null }

async function write(ctx: ServerContext, id: ScannerId, seen: Seen | ScanTrouble): Promise<void> {
  const row = 'kind' in seen ? { connected: false, version: null, signatures: null, error: textOf(seen) } : { connected: true, ...seen, error: null }
  await sql`
    insert into mail_scanner as s (id, connected, version, signatures, checked_at, error, error_at) values (${id}, ${row.connected}, ${row.version}, ${row.signatures}, ${ctx.now}, ${row.error}, ${row.error === null ? null : ctx.now})
    on conflict (id) do update set connected = excluded.connected, version = coalesce(excluded.version, s.version), signatures = coalesce(excluded.signatures, s.signatures), checked_at = excluded.checked_at,
      error = coalesce(excluded.error, s.error), error_at = coalesce(excluded.error_at, s.error_at)`.execute(ctx.db())
}

const scanningOf = (ctx: ServerContext): Pick<Scanning, 'clamd' | 'rspamd'> => runtimeOf(ctx).listening?.scanning ?? { clamd: null, rspamd: null }

/** Greets the scanners of the settings and writes down how they answer. */
export async function checkScanners(ctx: ServerContext): Promise<void> {
  const { clamd, rspamd } = scanningOf(ctx)
  const signal = AbortSignal.timeout(CHECK_MS)
  const seen = (asked: Promise<Seen>): Promise<Seen | ScanTrouble> => asked.catch(troubleOf)
  const [virus, spam] = await Promise.all([
    clamd === null ? null : seen(versionOfClamd(clamd, signal)),
    rspamd === null ? null : seen(versionOfRspamd(rspamd, signal).then((version) => ({ version, signatures: null }))),
  ])
  if (virus !== null) await write(ctx, 'clamd', virus)
  if (spam !== null) await write(ctx, 'rspamd', spam)
}

type Row = { readonly id: ScannerId; readonly connected: boolean; readonly fresh: boolean; readonly version: string | null; readonly signatures: string | null; readonly checked_at: Date; readonly error: string | null; readonly error_at: Date | null }

const lastErrorOf = ({ error = null, error_at = null }: Partial<Row> = {}): ScannerState['lastError'] => (error === null || error_at === null ? null : { text: error, at: error_at.toISOString() })

/** How the scanners of the settings stand. */
export async function scannerStates(ctx: ServerContext): Promise<readonly ScannerState[]> {
  const { clamd, rspamd } = scanningOf(ctx)
  const { rows } = await sql<Row>`select *, checked_at > ${ctx.now}::timestamptz - ${FRESH}::interval as fresh from mail_scanner`.execute(ctx.db())
  const addresses: readonly (readonly [ScannerId, string])[] = [['clamd', clamd === null ? '' : 'path' in clamd ? clamd.path : `${clamd.host}:${clamd.port}`], ['rspamd', rspamd ?? '']]
  return addresses.map(([id, address]) => {
    const row = address === '' ? undefined : rows.find((one) => one.id === id)
    return {
      id, address, state: address === '' ? 'off' : row?.fresh !== true ? 'waiting' : row.connected ? 'connected' : 'down', version: row?.version || null, signatures: row?.signatures ?? null,
      checkedAt: row?.checked_at.toISOString() ?? null, lastError: lastErrorOf(row),
    }
  })
}

/** 1 for each scanner of the settings that answered lately, 0 for one that did not. */
export async function scannersUp(runtime: Runtime): Promise<Readonly<Record<string, number>>> {
  const states = await runtime.query(null, scannerStates)
  return Object.fromEntries(states.filter(({ state }) => state !== 'off').map(({ id, state }) => [`chengming_mail_${id}_up`, state === 'connected' ? 1 : 0]))
}
