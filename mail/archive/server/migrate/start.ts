import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { sealed } from '#platform/crypto/server/sealed.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { actorOf } from '#platform/registry/server/module-server.ts'
import { fill } from '#kit/words.ts'
import { type Listed, readList } from '../../migration-list.ts'
import { rowWords } from '../../words.ts'

/** The key of the data folder that encrypts passwords of other servers. */
export const KEY = 'mail-migration'
const MOST_ACCOUNTS = 5_000
const MOST_SHOWN = 10

export type Wish = { readonly title: string; readonly host: string; readonly port: number; readonly security: 'tls' | 'starttls' | 'none'; readonly anyCertificate: boolean; readonly accounts: string }

type Known = { readonly address: string; readonly accountId: string; readonly status: string }

/** Lines with the accounts they lead to; problems name the line. */
async function matched(ctx: ServerContext, listed: readonly Listed[]): Promise<{ readonly rows: readonly (Listed & { readonly accountId: string })[]; readonly problems: readonly string[] }> {
  const { rows: known } = await sql<Known>`select d.address, a.id as "accountId", a.status from mail_address d join mail_account a on a.id = d.account_id where d.address = any(${listed.map(({ address }) => address)}::text[])`.execute(ctx.db())
  const byAddress = new Map(known.map((one) => [one.address, one]))
  const lines = new Map<string, number>()
  const problems: string[] = []
  const rows = listed.flatMap((one) => {
    const found = byAddress.get(one.address)
    const before = found && lines.get(found.accountId)
    if (found === undefined) problems.push(...(one.address === '' ? [] : [fill(rowWords.address, one)]))
    else if (found.status === 'off') problems.push(fill(rowWords.off, one))
    else if (before !== undefined) problems.push(fill(rowWords.twice, { line: one.line, before }))
    else {
      lines.set(found.accountId, one.line)
      return [{ ...one, accountId: found.accountId }]
    }
    return []
  })
  return { rows, problems }
}

/** Notes a migration; its accounts are worked on from now on. Passwords are encrypted before they are written. Fails with `mail.migration.*`. */
export async function startMigration(ctx: ServerContext, dataDir: string, { title, host, port, security, anyCertificate, accounts }: Wish): Promise<{ readonly id: string; readonly accounts: number }> {
  const { listed, problems: missing } = readList(accounts)
  if (listed.length === 0) ctx.fail('mail.migration.empty')
  if (listed.length > MOST_ACCOUNTS) ctx.fail('mail.migration.many', { most: MOST_ACCOUNTS, count: listed.length })
  const { rows, problems } = await matched(ctx, listed)
  const all = [...missing, ...problems]
  if (all.length > 0) ctx.fail('mail.migration.rows', { count: all.length, problems: all.slice(0, MOST_SHOWN).join('；') + (all.length > MOST_SHOWN ? '；……' : '') })
  const id = randomUUID()
  await sql`insert into mail_migration (id, title, host, port, security, any_certificate, created_at, created_by) values (${id}, ${title}, ${host}, ${port}, ${security}, ${anyCertificate}, ${ctx.now}, ${actorOf(ctx).name})`.execute(ctx.db())
  const boxed = JSON.stringify(rows.map(({ accountId, address, login, password }) => ({ accountId, address, login, password: sealed(dataDir, KEY, password).toString('base64') })))
  await sql`insert into mail_migration_account (migration_id, account_id, address, login, password, due_at)
    select ${id}::uuid, "accountId", address, login, decode(password, 'base64'), ${ctx.now}::timestamptz from jsonb_to_recordset(${boxed}::jsonb) as r("accountId" uuid, address text, login text, password text)`.execute(ctx.db())
  return { id, accounts: rows.length }
}
