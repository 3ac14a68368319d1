import { randomUUID, X509Certificate } from 'node:crypto'
import { sql } from 'kysely'
import { opened, sealed } from '#platform/crypto/server/sealed.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import type { Runtime } from '#platform/registry/server/runtime.ts'
import { actorOf } from '#platform/registry/server/module-server.ts'
import { covers, nameIn, namesOf, readPair, remarksOf } from '../pem.ts'

const KEY = 'mail-certificate'

/** A certificate an administrator has brought, without its key. */
export type KeptCertificate = {
  readonly id: string; readonly names: readonly string[]; readonly subject: string; readonly issuer: string; readonly fingerprint: string; readonly validFrom: string; readonly validTo: string; readonly active: boolean
  readonly uploadedAt: string; readonly uploadedBy: string
}

export type Upload = { readonly chain: string; readonly key: string; /** Also when it is made out for other names. */ readonly anyName: boolean }

/** Checks a chain and its key and puts them into use. Fails with `mail.certificate.*`, each telling what to change. */
export async function keepCertificate(ctx: ServerContext, { dataDir, host }: { readonly dataDir: string; readonly host: string }, { chain, key, anyName }: Upload): Promise<{ readonly id: string; readonly remarks: ReturnType<typeof remarksOf> }> {
  const pair = readPair(chain, key, ctx.now)
  if ('code' in pair) return ctx.fail(pair.code, pair.values)
  const [leaf] = pair.chain
  if (leaf === undefined) return ctx.fail('mail.certificate.none')
  const names = namesOf(leaf)
  if (!anyName && !covers(leaf, host)) ctx.fail('mail.certificate.names', { names: names.slice(0, 10).join('、') || '（没有名称）', host })
  const box = sealed(dataDir, KEY, pair.key.export({ type: 'pkcs8', format: 'pem' }).toString())
  await sql`update mail_certificate set is_active = false where is_active`.execute(ctx.db())
  const { rows } = await sql<{ id: string }>`
    insert into mail_certificate (id, chain, private_key, names, subject, issuer, fingerprint, valid_from, valid_to, is_active, uploaded_at, uploaded_by)
    values (${randomUUID()}, ${pair.chainText}, ${box}, ${[...names]}, ${nameIn(leaf.subject)}, ${nameIn(leaf.issuer)}, ${leaf.fingerprint256}, ${leaf.validFromDate}, ${leaf.validToDate}, true, ${ctx.now}, ${actorOf(ctx).name})
    on conflict (fingerprint) do update set chain = excluded.chain, private_key = excluded.private_key, is_active = true, uploaded_at = excluded.uploaded_at, uploaded_by = excluded.uploaded_by returning id`.execute(ctx.db())
  return { id: rows[0]?.id ?? '', remarks: remarksOf(pair.chain) }
}

type Row = { id: string; names: string[]; subject: string; issuer: string; fingerprint: string; valid_from: Date; valid_to: Date; is_active: boolean; uploaded_at: Date; uploaded_by: string }

/** All that are kept, the one in use first. */
export async function listCertificates(ctx: ServerContext): Promise<readonly KeptCertificate[]> {
  const { rows } = await sql<Row>`select id, names, subject, issuer, fingerprint, valid_from, valid_to, is_active, uploaded_at, uploaded_by from mail_certificate order by is_active desc, uploaded_at desc limit 50`.execute(ctx.db())
  return rows.map(({ valid_from, valid_to, is_active, uploaded_at, uploaded_by, ...row }) => ({ ...row, validFrom: valid_from.toISOString(), validTo: valid_to.toISOString(), active: is_active, uploadedAt: uploaded_at.toISOString(), uploadedBy: uploaded_by }))
}

/** Puts a kept certificate into use; null: that of the settings again, or one that vouches for itself. Answers its name for the audit. */
export async function useCertificate(ctx: ServerContext, id: string | null): Promise<string> {
  await sql`update mail_certificate set is_active = false where is_active`.execute(ctx.db())
  if (id === null) return ''
  const { rows } = await sql<{ subject: string; valid_to: Date }>`update mail_certificate set is_active = true where id = ${id} returning subject, valid_to`.execute(ctx.db())
  const [row] = rows
  if (row === undefined) return ctx.fail('mail.certificate.missing')
  if (row.valid_to <= ctx.now) ctx.fail('mail.certificate.expired', { name: row.subject, to: row.valid_to.toISOString().slice(0, 10) })
  return row.subject
}

/** Deletes a certificate with its key. */
export async function dropCertificate(ctx: ServerContext, id: string): Promise<string> {
  const { rows } = await sql<{ subject: string; is_active: boolean }>`select subject, is_active from mail_certificate where id = ${id} for update`.execute(ctx.db())
  const [row] = rows
  if (row === undefined) return ctx.fail('mail.certificate.missing')
  if (row.is_active) ctx.fail('mail.certificate.active')
  await sql`delete from mail_certificate where id = ${id}`.execute(ctx.db())
  return row.subject
}

/** The certificate in use as TLS takes it; null: none was uploaded. */
export async function activePair({ db, dataDir }: Pick<Runtime, 'db' | 'dataDir'>): Promise<{ readonly cert: string; readonly key: string } | null> {
  const { rows } = await sql<{ chain: string; private_key: Buffer }>`select chain, private_key from mail_certificate where is_active`.execute(db)
  return rows[0] === undefined ? null : { cert: rows[0].chain, key: opened(dataDir, KEY, rows[0].private_key) }
}

export async function activeFingerprint(db: Runtime['db']): Promise<string> {
  const { rows } = await sql<{ fingerprint: string }>`select fingerprint from mail_certificate where is_active`.execute(db)
  return rows[0]?.fingerprint ?? ''
}

/** The first of the chain in use. */
export async function activeCertificate(ctx: ServerContext): Promise<X509Certificate | null> {
  const { rows } = await sql<{ chain: string }>`select chain from mail_certificate where is_active`.execute(ctx.db())
  return rows[0] === undefined ? null : new X509Certificate(rows[0].chain)
}
