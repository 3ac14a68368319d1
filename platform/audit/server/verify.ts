import { sql } from 'kysely'
import type { Database } from '#platform/db/server/database.ts'
import type { AuditProblem, AuditVerdict } from '../contract.ts'
import { readAnchors } from './anchors.ts'
import type { Anchor } from './anchors.ts'
import { GENESIS, macOf } from './seal.ts'
import type { SealedFields } from './seal.ts'

interface StoredRow extends Omit<SealedFields, 'seq' | 'at'> {
  readonly seq: string
  readonly at: Date
  readonly mac: Buffer
}

const BATCH = 5_000

async function* rowsOf(db: Database, chain: string): AsyncGenerator<{ fields: SealedFields; mac: Buffer }> {
  let after = 0
  for (;;) {
    const { rows } = await sql<StoredRow>`
      select id, chain, seq, at, organisation_id as "organisationId", person_id as "personId", person_name as "personName", post_id as "postId",
        on_behalf_of as "onBehalfOf", action, object_type as "objectType", object_id as "objectId", object_title as "objectTitle", result, address,
        device, request_id as "requestId", difference::text as difference, mac
      from audit_entry where chain = ${chain} and seq > ${after} order by seq limit ${BATCH}`.execute(db)
    for (const { mac, ...row } of rows) yield { fields: { ...row, seq: Number(row.seq), at: row.at.toISOString() }, mac }
    if (rows.length < BATCH) return
    after = Number(rows.at(-1)?.seq ?? after)
  }
}

/** Walks one chain; after a gap the next row cannot be judged, so it is taken as it stands. */
async function verifyChain(db: Database, key: Buffer, chain: string, anchor: Anchor | undefined): Promise<{ rows: number; problems: AuditProblem[] }> {
  const problems: AuditProblem[] = []
  let previous: Buffer = GENESIS
  let seq = 0
  let rows = 0
  for await (const { fields, mac } of rowsOf(db, chain)) {
    rows += 1
    if (fields.seq > seq + 1) problems.push({ kind: 'missing', chain, seq: seq + 1, count: fields.seq - seq - 1 })
    else if (!macOf(key, previous, fields).equals(mac)) problems.push({ kind: 'changed', chain, seq: fields.seq, count: 1 })
    if (anchor?.seq === fields.seq && anchor.mac !== mac.toString('hex')) problems.push({ kind: 'rewritten', chain, seq: fields.seq, count: 1 })
    previous = mac
    seq = fields.seq
  }
  if (anchor !== undefined && anchor.seq > seq) problems.push({ kind: 'truncated', chain, seq: seq + 1, count: anchor.seq - seq })
  return { rows, problems }
}

/** Checks every chain, and that nothing known from the anchor file is gone. */
export async function verify(db: Database, key: Buffer, dataDir: string): Promise<AuditVerdict> {
  const { anchors, broken } = await readAnchors(dataDir, key)
  const { rows: stored } = await sql<{ chain: string }>`select distinct chain from audit_entry`.execute(db)
  const chains = new Set([...stored.map((row) => row.chain), ...anchors.keys()])
  const problems: AuditProblem[] = broken > 0 ? [{ kind: 'anchor', chain: '', seq: 0, count: broken }] : []
  let rows = 0
  for (const chain of chains) {
    const found = await verifyChain(db, key, chain, anchors.get(chain))
    rows += found.rows
    problems.push(...found.problems)
  }
  return { chains: chains.size, rows, problems }
}
