import { sql } from 'kysely'
import type { ServerContext } from '#platform/db/server/context.ts'
import type { Counted } from '../imap-source.ts'
import type { Importer } from './import.ts'

/** `names`: mailboxes of the other server whose messages are in this one; `missing`: contents that are not here, by SHA-256. */
export type Compared = { readonly names: readonly string[]; readonly messages: number; readonly octets: number; readonly name: string; readonly here: number; readonly hereOctets: number; readonly missing: number }

/** What the other server has beside what is here, by the mailbox into which it came. Equal messages of one mailbox are one here; mail may have come since. */
export async function compareMailboxes(ctx: ServerContext, importer: Importer, there: readonly Counted[]): Promise<readonly Compared[]> {
  const compared: Compared[] = []
  for (const [id, parts] of Map.groupBy(there, ({ mailbox }) => importer.mailboxOf(mailbox))) {
    if (id === undefined) continue
    const { rows: [own] } = await sql<{ name: string; messages: number; size: number }>`select name, messages, size::float8 as size from mail_mailbox where id = ${id}`.execute(ctx.db())
    const sum = (of: (one: Counted) => number): number => parts.reduce((total, one) => total + of(one), 0)
    compared.push({
      names: parts.map(({ mailbox }) => mailbox), messages: sum((one) => one.messages), octets: sum((one) => one.octets),
      name: own?.name ?? '', here: own?.messages ?? 0, hereOctets: own?.size ?? 0, missing: await importer.missingIn(ctx, id),
    })
  }
  return compared
}
