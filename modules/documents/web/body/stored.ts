import type { Block, NumberStyle } from '#modules/documents/body.ts'

/** What a record's `body` holds, as the server's check of the shape let it through. */
interface StoredBody {
  readonly blocks: readonly Block[]
  readonly numberStyle?: NumberStyle
}

const NOTHING: StoredBody = { blocks: [] }

/** The body of a field's value; nothing written yet is an empty one. */
export const bodyOf = (value: unknown): StoredBody => (typeof value === 'object' && value !== null && 'blocks' in value ? (value as StoredBody) : NOTHING)
