import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { X509Certificate } from 'node:crypto'
import { createSecureContext, type SecureContext } from 'node:tls'
import { readTls } from '#platform/config/server/tls-files.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { runtimeOf } from '#platform/registry/server/of.ts'
import type { Runtime } from '#platform/registry/server/runtime.ts'
import { selfSigned } from '../self-signed.ts'
import { activeCertificate } from './certificates.ts'

/** Name under which clients reach this process: that of the public address, else the machine's. */
export const hostOf = ({ publicUrl }: Pick<Runtime, 'publicUrl'>): string => (publicUrl === undefined ? hostname() : new URL(publicUrl).hostname)

const FILE = 'mail-tls.pem'
const RENEW_MS = 30 * 86_400_000

/** The self-signed pair of the data folder, made once with mode 600, and again when it is about to expire. */
function ownPair(runtime: Pick<Runtime, 'dataDir' | 'publicUrl' | 'clock'>): string {
  const file = join(runtime.dataDir, FILE)
  const now = runtime.clock()
  const kept = existsSync(file) ? readFileSync(file, 'utf8') : null
  if (kept !== null && new X509Certificate(kept).validToDate.getTime() - now.getTime() > RENEW_MS) return kept
  const { cert, key } = selfSigned(hostOf(runtime), now)
  const aside = `${file}.${process.pid}`
  writeFileSync(aside, cert + key, { mode: 0o600 })
  renameSync(aside, file)
  return cert + key
}

/** TLS of the mail ports: the site's certificate, or one that vouches for itself. */
export function tlsOf(runtime: Pick<Runtime, 'dataDir' | 'publicUrl' | 'clock'>, files: Parameters<typeof readTls>[0] | undefined): SecureContext {
  const own = (): { cert: string; key: string } => {
    const pair = ownPair(runtime)
    return { cert: pair, key: pair }
  }
  return createSecureContext({ ...(files === undefined ? own() : readTls(files)), minVersion: 'TLSv1.2' })
}

export type ShownCertificate = { readonly certificate: X509Certificate; readonly source: 'uploaded' | 'settings' | 'own' }

/** The certificate the mail ports show, and where it comes from; null when there is none yet. */
export async function shownCertificate(ctx: ServerContext): Promise<ShownCertificate | null> {
  const { dataDir, listening } = runtimeOf(ctx)
  const uploaded = await activeCertificate(ctx)
  if (uploaded !== null) return { certificate: uploaded, source: 'uploaded' }
  const file = listening?.tls?.cert ?? join(dataDir, FILE)
  return existsSync(file) ? { certificate: new X509Certificate(readFileSync(file)), source: listening?.tls === undefined ? 'own' : 'settings' } : null
}
