import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { ServerContext } from '#platform/db/server/context.ts'
import { actorOf } from '#platform/registry/server/module-server.ts'
import { isWeakKey } from '../../smime/algorithms.ts'
import { type Certificate, maySignCertificates, readCertificate } from '../../smime/certificate.ts'
import type { Standing, Trust } from '../../smime/chain.ts'
import { dersIn } from '../../smime/pem.ts'
import { readRevocations } from '../../smime/revocation.ts'

/** An issuer whose certificates are trusted; `list`: its last list of revoked certificates. Moments are ISO 8601. */
export type Anchor = {
  readonly id: string; readonly name: string; readonly issuer: string; readonly fingerprint: string; readonly validFrom: string; readonly validTo: string
  readonly list: { readonly from: string; readonly to: string | null; readonly count: number; readonly isOld: boolean } | null
  readonly addedAt: string; readonly addedBy: string
}

const MOST_ANCHORS = 200
/** Certificates read before, by fingerprint: of each process. */
const known = new Map<string, Certificate>()

function knownOrRead(fingerprint: string, der: Buffer): Certificate | null {
  const before = known.get(fingerprint)
  if (before !== undefined) return before
  const read = readCertificate(der)
  if (read !== null && known.size < 2 * MOST_ANCHORS) known.set(fingerprint, read)
  return read
}

/** Whom the installation trusts now. */
export async function trustNow(ctx: ServerContext): Promise<Trust> {
  const { rows } = await sql<{ fingerprint: string; der: Buffer }>`select fingerprint, der from mail_trust_anchor order by added_at, id limit ${MOST_ANCHORS}`.execute(ctx.db())
  return { anchors: rows.map(({ fingerprint, der }) => knownOrRead(fingerprint, der)).filter((one) => one !== null), standing: (issuer, serial) => standingOf(ctx, issuer, serial) }
}

/** What the last list names is revoked, also when the list has become old; an old list says nothing else. */
async function standingOf(ctx: ServerContext, issuer: string, serial: string): Promise<Standing> {
  const { rows } = await sql<{ current: boolean; revoked: boolean }>`
    select coalesce(a.list_from <= ${ctx.now}::timestamptz and a.list_to >= ${ctx.now}::timestamptz, false) as current, exists (select from mail_trust_revoked r where r.anchor_id = a.id and r.serial = ${serial}) as revoked
    from mail_trust_anchor a where a.fingerprint = ${issuer}`.execute(ctx.db())
  const [row] = rows
  if (row?.revoked === true) return 'revoked'
  return row?.current === true ? 'good' : 'unknown'
}

type Row = { id: string; name: string; issuer: string; fingerprint: string; valid_from: Date; valid_to: Date; list_from: Date | null; list_to: Date | null; revoked: number; added_at: Date; added_by: string }

/** All of them, by name. */
export async function listAnchors(ctx: ServerContext): Promise<readonly Anchor[]> {
  const { rows } = await sql<Row>`
    select id, name, issuer, fingerprint, valid_from, valid_to, list_from, list_to, added_at, added_by, (select count(*)::int from mail_trust_revoked r where r.anchor_id = a.id) as revoked
    from mail_trust_anchor a order by name, added_at, id limit ${MOST_ANCHORS}`.execute(ctx.db())
  return rows.map(({ id, name, issuer, fingerprint, valid_from, valid_to, list_from, list_to, revoked, added_at, added_by }) => ({
    id, name, issuer, fingerprint, validFrom: valid_from.toISOString(), validTo: valid_to.toISOString(), addedAt: added_at.toISOString(), addedBy: added_by,
    list: list_from === null ? null : { from: list_from.toISOString(), to: list_to?.toISOString() ?? null, count: revoked, isOld: list_to === null || list_to < ctx.now },
  }))
}

/** Certificates an administrator brings, each fit to vouch for others. Fails with `mail.trust.*`. */
function issuersIn(ctx: ServerContext, content: string): readonly Certificate[] {
  const ders = dersIn(content, 'CERTIFICATE')
  if (ders.length === 0) ctx.fail('mail.trust.none')
  return ders.map((der, index) => {
    const one = readCertificate(der) ?? ctx.fail('mail.trust.unreadable', { nth: index + 1 })
    if (one.isNational || one.key === null) return ctx.fail('mail.trust.national', { name: one.name })
    if (!maySignCertificates(one)) ctx.fail('mail.trust.authority', { name: one.name })
    if (one.to < ctx.now) ctx.fail('mail.trust.expired', { name: one.name, to: one.to.toISOString().slice(0, 10) })
    if (isWeakKey(one.key)) ctx.fail('mail.trust.weak', { name: one.name })
    return one
  })
}

/** Trusts these issuers from now on; answers those that are new. */
export async function addAnchors(ctx: ServerContext, content: string): Promise<readonly { readonly id: string; readonly name: string }[]> {
  const issuers = issuersIn(ctx, content)
  await sql`lock table mail_trust_anchor in share row exclusive mode`.execute(ctx.db())
  const { rows: [before] } = await sql<{ count: number }>`select count(*)::int as count from mail_trust_anchor`.execute(ctx.db())
  if ((before?.count ?? 0) + issuers.length > MOST_ANCHORS) ctx.fail('mail.trust.many', { most: MOST_ANCHORS })
  const added: { id: string; name: string }[] = []
  for (const { der, name, issuerName, fingerprint, from, to } of issuers) {
    const { rows } = await sql<{ id: string; name: string }>`
      insert into mail_trust_anchor (id, der, name, issuer, fingerprint, valid_from, valid_to, added_at, added_by)
      values (${randomUUID()}, ${der}, ${name}, ${issuerName}, ${fingerprint}, ${from}, ${to}, ${ctx.now}, ${actorOf(ctx).name}) on conflict (fingerprint) do nothing returning id, name`.execute(ctx.db())
    added.push(...rows)
  }
  return added
}

/** Takes the list of revoked certificates of one of the issuers in place of the one before. Fails with `mail.revocations.*`. */
export async function takeRevocations(ctx: ServerContext, content: string): Promise<{ readonly id: string; readonly name: string; readonly count: number }> {
  const [der] = dersIn(content, 'X509 CRL')
  const list = (der === undefined ? null : readRevocations(der)) ?? ctx.fail('mail.revocations.unreadable')
  if (list.isPartial) ctx.fail('mail.revocations.partial')
  if (list.thisUpdate > ctx.now) ctx.fail('mail.revocations.early', { from: list.thisUpdate.toISOString().slice(0, 10) })
  if (list.nextUpdate === null || list.nextUpdate < ctx.now) ctx.fail('mail.revocations.old', { to: list.nextUpdate?.toISOString().slice(0, 10) ?? '（未写明）' })
  const { rows } = await sql<{ id: string; name: string; fingerprint: string; der: Buffer; list_from: Date | null }>`select id, name, fingerprint, der, list_from from mail_trust_anchor order by added_at, id limit ${MOST_ANCHORS} for update`.execute(ctx.db())
  const anchor = rows.find(({ fingerprint, der: one }) => { const issuer = knownOrRead(fingerprint, one); return issuer !== null && list.isSignedBy(issuer) }) ?? ctx.fail('mail.revocations.issuer', { name: list.issuerName })
  if (anchor.list_from !== null && anchor.list_from > list.thisUpdate) ctx.fail('mail.revocations.before', { name: anchor.name, from: anchor.list_from.toISOString().slice(0, 10) })
  await sql`delete from mail_trust_revoked where anchor_id = ${anchor.id}`.execute(ctx.db())
  await sql`insert into mail_trust_revoked (anchor_id, serial) select ${anchor.id}::uuid, unnest(${[...list.serials]}::text[])`.execute(ctx.db())
  await sql`update mail_trust_anchor set list_from = ${list.thisUpdate}, list_to = ${list.nextUpdate} where id = ${anchor.id}`.execute(ctx.db())
  return { id: anchor.id, name: anchor.name, count: list.serials.length }
}

/** Trusts an issuer no longer; answers its name. */
export async function dropAnchor(ctx: ServerContext, id: string): Promise<string> {
  const { rows } = await sql<{ name: string }>`delete from mail_trust_anchor where id = ${id} returning name`.execute(ctx.db())
  return rows[0]?.name ?? ctx.fail('mail.trust.missing')
}
