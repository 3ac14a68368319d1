import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { dkimSign } from 'mailauth'
import { opened, sealed } from '#platform/crypto/server/sealed.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import type { Runtime } from '#platform/registry/server/runtime.ts'
import { parseAddresses } from '../../../mime/address.ts'
import { valuesNamed } from '../../header-lines.ts'
import type { TransportParts } from '../parts.ts'

const KEY = 'mail-dkim'
/** A key of a domain and the record that has to stand in its DNS. The private part never leaves the server. */
export type DkimKey = { readonly domain: string; readonly selector: string; readonly state: 'prepared' | 'active' | 'retired'; readonly name: string; readonly record: string; readonly createdAt: string }

type Row = { domain: string; selector: string; public_key: string; state: DkimKey['state']; created_at: Date }

const keyOf = ({ domain, selector, public_key, state, created_at }: Row): DkimKey => ({ domain, selector, state, name: `${selector}._domainkey.${domain}`, record: `v=DKIM1; k=rsa; p=${public_key}`, createdAt: created_at.toISOString() })

/** Makes a key that signs nothing before its record is published and it is activated. */
export async function prepareKey(ctx: ServerContext, dataDir: string, domain: string): Promise<DkimKey> {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048, publicKeyEncoding: { type: 'spki', format: 'der' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem' } })
  const selector = `cm${ctx.now.toISOString().slice(0, 10).replaceAll('-', '')}${randomBytes(2).toString('hex')}`
  const { rows } = await sql<Row>`insert into mail_dkim_key (domain, selector, private_key, public_key, created_at)
    values (${domain.toLowerCase()}, ${selector}, ${sealed(dataDir, KEY, privateKey)}, ${publicKey.toString('base64')}, ${ctx.now}) returning *`.execute(ctx.db())
  return keyOf(rows[0] ?? ctx.fail('mail.dkim.missing'))
}

/** Signs with this key from now on; the one before is retired, and its record stays until its last messages are read. */
export async function activateKey(ctx: ServerContext, domain: string, selector: string): Promise<DkimKey> {
  await sql`update mail_dkim_key set state = 'retired' where domain = ${domain} and state = 'active' and selector <> ${selector}`.execute(ctx.db())
  const { rows } = await sql<Row>`update mail_dkim_key set state = 'active' where domain = ${domain} and selector = ${selector} returning *`.execute(ctx.db())
  return keyOf(rows[0] ?? ctx.fail('mail.dkim.missing'))
}

export async function listKeys(ctx: ServerContext): Promise<readonly DkimKey[]> {
  const { rows } = await sql<Row>`select * from mail_dkim_key order by domain, created_at desc limit 1000`.execute(ctx.db())
  return rows.map(keyOf)
}

async function activeKey({ db, dataDir }: Pick<Runtime, 'db' | 'dataDir'>, domain: string): Promise<{ readonly selector: string; readonly privateKey: string } | null> {
  const { rows } = await sql<{ selector: string; private_key: Buffer }>`select selector, private_key from mail_dkim_key where domain = ${domain} and state = 'active'`.execute(db)
  return rows[0] === undefined ? null : { selector: rows[0].selector, privateKey: opened(dataDir, KEY, rows[0].private_key) }
}

/** A message with the signature of its author's domain in front, when that domain has a key here. */
export async function signed({ runtime }: Pick<TransportParts, 'runtime'>, raw: Buffer): Promise<Buffer> {
  const [from = ''] = valuesNamed(raw, 'From')
  const domain = parseAddresses(from)[0]?.host?.toLowerCase()
  const key = domain === undefined ? null : await activeKey(runtime, domain)
  if (domain === undefined || key === null) return raw
  const { signatures, errors } = await dkimSign(raw, { signingDomain: domain, ...key, canonicalization: 'relaxed/relaxed', algorithm: 'rsa-sha256', signTime: runtime.clock(), signatureData: [{ signingDomain: domain, ...key }] })
  if (errors.length > 0) runtime.log.error({ domain, errors: errors.map(({ err }) => String(err)) }, 'a message could not be signed')
  return errors.length > 0 ? raw : Buffer.concat([Buffer.from(signatures.replace(/\r?\n/g, '\r\n')), raw])
}
