import { sql } from 'kysely'
import { opened } from '#platform/crypto/server/sealed.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { Failure } from '#kit/failure.ts'
import { fill } from '#kit/words.ts'
import { mailErrors } from '../../../store/words.ts'
import { countImap, type Fetched, type ImapSource, readImap } from '../../imap-source.ts'
import { accountWords } from '../../words.ts'
import type { MailParts } from '../../../store/server/parts.ts'
import { isDiskFull } from '../../../store/server/room.ts'
import { Importer } from '../import.ts'
import { advanced, note, type Progress, type Work } from './claim.ts'
import { KEY } from './start.ts'

/** A mailbox at the end: what the other server has, what is here, and how many contents are missing. */
export type Compared = { readonly names: readonly string[]; readonly messages: number; readonly octets: number; readonly name: string; readonly here: number; readonly hereOctets: number; readonly missing: number }

/** Somebody has stopped the migration, or another process has the account. */
export class Stopped extends Error {}

const sourceOf = ({ host, port, security, anyCertificate, login, password }: Work, dataDir: string): ImapSource => ({
  host, port, secure: security === 'tls', ...(security !== 'tls' && { upgrade: security }), user: login, password: opened(dataDir, KEY, password), anyCertificate,
})

/** Brings an account over from where it stands to its end, and compares. Fails with what `explained` tells. */
export async function bring(parts: MailParts, work: Work, by: string, goesOn: () => boolean): Promise<void> {
  const { runtime } = parts
  const source = sourceOf(work, runtime.dataDir)
  const total = await countImap(source)
  await sql`update mail_migration_account set total = ${total} where id = ${work.id} and lease_by = ${by}`.execute(runtime.db)
  let { progress } = work
  const importer = new Importer<Fetched>(parts, work.accountId, async (ctx, placed, added) => {
    const next = advanced(progress, placed)
    if (!(await note(ctx, work.id, by, { placed, added, progress: next }))) throw new Stopped()
    ctx.afterCommit(() => { progress = next })
  })
  const start = (path: string, validity: string): number => (work.progress[path]?.validity === validity ? work.progress[path].uid : 0)
  for await (const message of readImap(source, () => undefined, start)) {
    if (!goesOn()) throw new Stopped()
    await importer.take(message)
  }
  await importer.finish()
  if (!goesOn()) throw new Stopped()
  await runtime.command(null, (ctx) => complete(ctx, work, by, progress))
}

/** Compares, erases the password, and ends the migration with its last account. */
async function complete(ctx: ServerContext, { id, migrationId }: Work, by: string, progress: Progress): Promise<void> {
  const compared = JSON.stringify(await compare(ctx, id, progress))
  const { numAffectedRows } = await sql`
    update mail_migration_account set state = 'done', password = null, lease_until = null, lease_by = null, mailbox = null, error = null, compared = ${compared}::jsonb, ended_at = ${ctx.now} where id = ${id} and lease_by = ${by}`.execute(ctx.db())
  if (numAffectedRows === 0n) throw new Stopped()
  await sql`delete from mail_migration_seen where account_id = ${id}`.execute(ctx.db())
  await sql`update mail_migration m set state = 'ended', ended_at = ${ctx.now} where id = ${migrationId} and not exists (select from mail_migration_account a where a.migration_id = m.id and a.state <> 'done')`.execute(ctx.db())
}

async function compare(ctx: ServerContext, id: string, progress: Progress): Promise<readonly Compared[]> {
  const { rows } = await sql<{ mailbox_id: number; name: string; here: number; octets: number; missing: number }>`
    select s.mailbox_id::float8 as mailbox_id, m.name, m.messages as here, m.size::float8 as octets,
      count(*) filter (where not exists (select from mail_entry e join mail_message g on g.id = e.message_id where e.mailbox_id = s.mailbox_id and g.blob = s.blob))::int as missing
    from mail_migration_seen s join mail_mailbox m on m.id = s.mailbox_id where s.account_id = ${id} group by s.mailbox_id, m.name, m.messages, m.size order by m.name`.execute(ctx.db())
  return rows.map(({ mailbox_id, name, here, octets, missing }) => {
    const there = Object.entries(progress).filter(([, { mailboxId }]) => mailboxId === mailbox_id)
    const sum = (of: 'messages' | 'octets'): number => there.reduce((total, [, read]) => total + read[of], 0)
    return { names: there.map(([path]) => path), messages: sum('messages'), octets: sum('octets'), name, here, hereOctets: octets, missing }
  })
}

/** What went wrong in words, and whether trying again may help. */
export function explained(error: unknown): { readonly text: string; readonly again: boolean } {
  if (isDiskFull(error)) return { text: accountWords.full, again: true }
  if (error instanceof Failure) {
    const word = (mailErrors as Readonly<Record<string, { readonly text: string }>>)[error.code]
    return { text: word === undefined ? error.code : fill(word.text, error.details), again: false }
  }
  const { authenticationFailed, responseText, code, message } = error as { authenticationFailed?: boolean; responseText?: string; code?: string; message?: string }
  const answer = (responseText ?? code ?? message ?? '').replace(/\p{Cc}/gu, ' ').slice(0, 200)
  if (authenticationFailed === true) return { text: fill(accountWords.password, { answer }), again: false }
  return { text: fill(/^(?:E(?:CONN|HOST|NOTFOUND|TIMEDOUT|AI_)|CONNECT|CERT|DEPTH|SELF|UNABLE|ERR_TLS)/i.test(code ?? '') ? accountWords.unreachable : accountWords.broken, { answer }), again: true }
}
