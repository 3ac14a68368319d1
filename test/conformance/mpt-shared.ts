import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { encodeMailboxName } from '#mail/imap/mailbox-name.ts'
import { openAccount } from '#mail/store/server/accounts.ts'
import { StoredAccount } from '#mail/store/server/imap-account.ts'
import { mailParts } from '#mail/store/server/parts.ts'
import { OTHERS } from '#mail/store/namespaces.ts'
import { ALL_RIGHTS } from '#mail/store/rights.ts'
import { message, type TestImap } from '../mail/imap.ts'

/** A mailbox that the suite's own preparation shares with the person of a script. */
type Shared = { readonly owner: string; readonly name: string; readonly rights: string; readonly messages: number }

const shared = (owner: string, name: string, rights: string, messages = 0): Shared => ({ owner, name, rights, messages })
const ACCESS = ['l', 'lr', 'lrs', 'lrw', 'lri', 'lrk', 'lrx', 'lrt', 'lrte', 'lra'].map((rights) => shared('boby', `mailbox-${rights}`, rights, 10))
const MOST = 'lrswipkxte'

const PREPARED: readonly (readonly [RegExp, readonly Shared[]])[] = [
  [/^SharingAccess/, [...ACCESS, shared('imapuser', 'INBOX', ALL_RIGHTS, 1)]],
  [/^Rights$/, [shared('bob', 'INBOX', '')]],
  [/^ListWithSharedMailbox$/, [shared('diana', 'sharedMailbox', 'lr'), shared('boby', 'sharedMailbox', 'lr'), shared('boby', 'sharedMailbox/child', 'lr'), shared('boby', 'Sent', 'lr')]],
  [/^RenameSharedMailbox$/, [
    ...['sharedMailbox', 'sharedMailbox/child3', 'sharedMailbox/child3/sub1', 'otherSharedMailbox'].map((name) => shared('boby', name, MOST)),
    shared('boby', 'sharedMailbox-eilprstwx', 'lrswipxte'), shared('boby', 'sharedMailbox/child1-eiklprstwx', MOST, 10), shared('boby', 'sharedMailbox/child2-eiklprstw', 'lrswipkte'),
  ]],
]

/** An account as the scripts expect it: INBOX alone. The one before with the same login loses it. */
export async function freshAccount(it: TestImap, login: string, script: string): Promise<string> {
  await sql`update mail_account set login = null where login = ${login}`.execute(it.runtime.db)
  const id = await it.runtime.command(null, (ctx) => openAccount(ctx, { kind: 'person', ownerId: randomUUID(), name: script, address: `${login}.${script.toLowerCase()}@mpt.example`, quota: 100_000_000 }))
  await sql`update mail_account set login = ${login} where id = ${id}`.execute(it.runtime.db)
  await sql`delete from mail_mailbox where account_id = ${id} and name <> 'INBOX'`.execute(it.runtime.db)
  return id
}

/** Makes the mailboxes that a script finds shared. */
export async function shareFor(it: TestImap, script: string, imapuser: string): Promise<void> {
  const wanted = PREPARED.find(([pattern]) => pattern.test(script))?.[1] ?? []
  for (const [login, boxes] of Map.groupBy(wanted, ({ owner }) => owner)) {
    const owner = new StoredAccount(mailParts(it.runtime), login === 'imapuser' ? imapuser : await freshAccount(it, login, script), login)
    for (const { name, rights, messages } of boxes) {
      const { id } = (await owner.find(name)) ?? (await owner.create(name, null))
      const box = (await owner.find(name)) ?? (await owner.create(name, null))
      await owner.append(id, Array.from({ length: messages }, (_, at) => ({ raw: Buffer.from(message(`${name} ${at}`)), flags: [], internalAt: null })))
      if (login !== 'imapuser') await owner.setAcl(box, 'imapuser', () => rights)
    }
  }
}

/** A script with the names that mailboxes of others have here, and with the login that it calls the owner. */
export function translated(text: string): string {
  const root = encodeMailboxName(OTHERS)
  return text.replaceAll('"owner"', '"imapuser"').replace(/#user((?:\.[\w%*-]+)*\.?)/g, (_, levels: string) => root + levels.replaceAll('.', '/'))
}
