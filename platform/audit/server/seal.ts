import { createHmac } from 'node:crypto'

/** What a row says, in the order in which it is sealed; `difference` is JSON text. */
export interface SealedFields {
  readonly id: string
  readonly chain: string
  readonly seq: number
  /** ISO 8601 with milliseconds. */
  readonly at: string
  readonly organisationId: string | null
  readonly personId: string | null
  readonly personName: string | null
  readonly postId: string | null
  readonly onBehalfOf: string | null
  readonly action: string
  readonly objectType: string | null
  readonly objectId: string | null
  readonly objectTitle: string | null
  readonly result: string
  readonly address: string | null
  readonly device: string | null
  readonly requestId: string
  readonly difference: string | null
}

/** What the first row of a chain follows on. */
export const GENESIS = Buffer.alloc(32)

const canonical = (row: SealedFields): string =>
  JSON.stringify([
    row.id, row.chain, row.seq, row.at, row.organisationId, row.personId, row.personName, row.postId, row.onBehalfOf, row.action, row.objectType,
    row.objectId, row.objectTitle, row.result, row.address, row.device, row.requestId, row.difference,
  ])

/** HMAC-SM3 (GB/T 32905, GB/T 15852.2) over the previous row's MAC and this row. */
export const macOf = (key: Buffer, previous: Buffer, row: SealedFields): Buffer => createHmac('sm3', key).update(previous).update(canonical(row)).digest()

/** Seals a text that stands alone: a line of the anchor file. */
export const macOfText = (key: Buffer, text: string): string => createHmac('sm3', key).update(text).digest('hex')
