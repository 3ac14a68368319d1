/** A database with a few accounts, and SMTP servers before it. */
import { sql } from 'kysely'
import type { Listening } from '#platform/config/contract.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { service as registry } from '#platform/registry/server/index.ts'
import { testRuntime, type TestRuntime } from '#test/runtime.ts'
import { openAccount } from '../../store/server/accounts.ts'
import { service as store } from '../../store/server/index.ts'
import { service as transport } from '../server/index.ts'

export type Office = {
  readonly it: TestRuntime
  readonly accounts: ReadonlyMap<string, string>
  run<T>(work: (ctx: ServerContext) => Promise<T>): Promise<T>
  /** Subjects in a mailbox of an account by UID. */
  subjects(name: string, mailbox?: string): Promise<readonly string[]>
  close(): Promise<void>
}

/** Accounts `<name>@cn.example` of 10 MB unless told. */
export async function openOffice(names: Readonly<Record<string, number>>, clock?: () => Date, listening?: Listening): Promise<Office> {
  const it = await testRuntime({ services: [registry, store, transport], ...(clock && { clock }), ...(listening && { listening }) })
  const run = <T>(work: (ctx: ServerContext) => Promise<T>): Promise<T> => it.runtime.command(null, work)
  const accounts = new Map<string, string>()
  for (const [name, quota] of Object.entries(names)) accounts.set(name, await run((ctx) => openAccount(ctx, { kind: 'shared', ownerId: null, name, address: `${name}@cn.example`, quota })))
  return {
    it, accounts, run,
    async subjects(name, mailbox = 'INBOX') {
      const { rows } = await sql<{ subject: string }>`
        select g.subject from mail_entry e join mail_message g on g.id = e.message_id join mail_mailbox m on m.id = e.mailbox_id
        where m.account_id = ${accounts.get(name) ?? ''} and m.name = ${mailbox} order by e.uid`.execute(it.runtime.db)
      return rows.map(({ subject }) => subject)
    },
    close: () => it.close(),
  }
}

export const letter = (subject: string, { from = 'out@elsewhere.example', to = 'lin@cn.example', body = 'text\r\n', more = '' } = {}): string =>
  `From: ${from}\r\nTo: ${to}\r\nSubject: ${subject}\r\nDate: Wed, 25 Nov 2026 08:00:00 +0800\r\nMessage-ID: <${subject.replaceAll(/\W/g, '')}@elsewhere.example>\r\n${more}\r\n${body}`
