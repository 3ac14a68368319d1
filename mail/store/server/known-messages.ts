import { sql } from 'kysely'
import type { ServerContext } from '#platform/db/server/context.ts'
import type { Details } from '../../imap/store.ts'
import type { Message } from '../../mime/part.ts'
import { placeOf } from './octets.ts'
import type { Place } from './octets.ts'
import { threadId } from './search.ts'

/** What never changes of messages, kept by their ids: the ones used last, so many and no more. */
class Recent<T> {
  readonly #most: number
  readonly #all = new Map<number, T>()

  constructor(most: number) {
    this.#most = most
  }

  get(id: number): T | undefined {
    const found = this.#all.get(id)
    if (found !== undefined) {
      this.#all.delete(id)
      this.#all.set(id, found)
    }
    return found
  }

  set(id: number, value: T): void {
    this.#all.set(id, value)
    if (this.#all.size > this.#most) for (const oldest of this.#all.keys()) return void this.#all.delete(oldest)
  }
}

/** Octets of an ENVELOPE and a BODYSTRUCTURE that are worth keeping. */
const SMALL = 8_192
/** Octets of them that are read at once. */
const MOST_AT_ONCE = 16_777_216

/** Reads what messages tell without their octets, asking the database once for each as long as it is remembered. One for each process. */
export class KnownMessages {
  readonly #details = new Recent<Details>(20_000)
  readonly #places = new Recent<Place>(50_000)
  readonly #indexes = new Recent<Message>(500)

  /** Of so many messages as do not tell too much together: the first of them at least, when it is there. */
  async details(ctx: ServerContext, ids: readonly number[]): Promise<ReadonlyMap<number, Details>> {
    const found = new Map<number, Details>()
    for (const id of ids) {
      const one = this.#details.get(id)
      if (one !== undefined) found.set(id, one)
    }
    const missing = ids.filter((id) => !found.has(id))
    if (missing.length === 0) return found
    const { rows } = await sql<Omit<Details, 'messageId'> & { id: string }>`
      select id, envelope, structure, body, preview, ${threadId('m')} as "threadId"
      from (select m.*, w.n, sum(octet_length(envelope) + octet_length(structure) + octet_length(body)) over (order by w.n) as told from unnest(${missing}::bigint[]) with ordinality as w(id, n) join mail_message m on m.id = w.id) m
      where m.n = 1 or m.told < ${MOST_AT_ONCE}`.execute(ctx.db())
    for (const { id, ...rest } of rows) {
      const one = { messageId: Number(id), ...rest }
      found.set(one.messageId, one)
      if (one.envelope.length + one.structure.length < SMALL) this.#details.set(one.messageId, one)
    }
    return found
  }

  /** Where the octets are. */
  async place(ctx: ServerContext, id: number): Promise<string> {
    const known = this.#places.get(id)
    if (known !== undefined) return known
    const { rows } = await sql<{ place: Place }>`select ${placeOf('mail_message')} as place from mail_message where id = ${id}`.execute(ctx.db())
    const place = rows[0]?.place ?? ctx.fail('mail.mailbox.missing')
    this.#places.set(id, place)
    return place
  }

  async index(ctx: ServerContext, id: number): Promise<Message> {
    const known = this.#indexes.get(id)
    if (known !== undefined) return known
    const { rows } = await sql<{ parts: Message; size: number }>`select parts, octet_length(parts::text) as size from mail_message where id = ${id}`.execute(ctx.db())
    const [row] = rows
    if (row === undefined) return ctx.fail('mail.mailbox.missing')
    if (row.size < 4 * SMALL) this.#indexes.set(id, row.parts)
    return row.parts
  }
}
