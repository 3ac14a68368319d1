import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { ServerContext } from '#platform/db/server/context.ts'
import { parseAddresses } from '../../mime/address.ts'
import type { Handed, Taken } from '../contract.ts'
import { MOST_FIELDS, readHeader, valueOf } from '../../mime/header.ts'
import { completed, fieldsNamed } from '../header-lines.ts'
import { type Failed, failed } from '../replies.ts'
import { deliver, examine } from './deliver.ts'
import type { TransportParts } from './parts.ts'
import { plainAddress } from './resolve.ts'

/** A message of one of our own, by whatever way. */
export type Submission = Omit<Handed, 'accountId' | 'way' | 'verdict'> & { readonly way: 'submission' | 'web'; readonly accountId: string }

export type Submitted = Taken | { readonly refused: Failed }

/** Whether an account may send as all of these addresses. */
export async function maySendAs(ctx: ServerContext, accountId: string, addresses: readonly string[]): Promise<boolean> {
  const bases = [...new Set(addresses.map((address) => plainAddress(address).base))]
  const { rows } = await sql<{ n: number }>`
    select count(distinct address)::int as n from (
      select address from mail_address where account_id = ${accountId} and address = any(${bases}::text[])
      union all select address from mail_send_right where account_id = ${accountId} and address = any(${bases}::text[])) own`.execute(ctx.db())
  return rows[0]?.n === bases.length
}

/** More authors than any message of ours has. */
const MOST_AUTHORS = 100

/** Addresses a message names as its authors; null when it cannot be told: another may stand where nobody looks, behind very many fields or addresses. */
function authorsOf(raw: Buffer): readonly string[] | null {
  const header = readHeader(raw, 0, raw.length)
  const [from, ...more] = fieldsNamed(header, 'From')
  if (from === undefined || more.length > 0 || header.fields.length >= MOST_FIELDS) return null
  const addresses = parseAddresses(valueOf(raw, from))
  if (addresses.length > MOST_AUTHORS) return null
  const authors = addresses.map(({ mailbox, host }) => `${mailbox ?? ''}@${host ?? ''}`)
  return authors.length === 0 || authors.some((one) => one.startsWith('@') || one.endsWith('@')) ? null : authors
}

/**
 * The one way in for mail of our own people: sender's rights, viruses, what is missing in the header, then the transaction that every message goes through.
 */
export async function submit(parts: TransportParts, submission: Submission): Promise<Submitted> {
  const authors = authorsOf(submission.raw)
  if (authors === null) return { refused: failed(550, '5.6.0', 'one From field with an address is needed') }
  const may = await parts.runtime.query(null, (ctx) => maySendAs(ctx, submission.accountId, submission.sender === '' ? authors : [...authors, submission.sender]))
  if (!may) return { refused: failed(550, '5.7.1', 'not allowed to send as this address') }
  const examined = await examine(parts, { ...submission, verdict: null })
  if ('refused' in examined) return examined
  const domain = plainAddress(authors[0] ?? '').whole.split('@').at(-1) ?? parts.host
  const raw = completed(submission.raw, { messageId: `${randomUUID()}@${domain}`, now: parts.runtime.clock() })
  return deliver(parts, { ...submission, raw, verdict: null }, { ...examined, octets: submission.raw })
}
