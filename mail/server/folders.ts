import type { z } from 'zod'
import type { ServerContext } from '#platform/db/server/context.ts'
import { listMailboxes } from '../store/server/mailboxes.ts'
import type { folders } from '../api.ts'
import { readableAccounts } from './rights.ts'

/** Places of the special folders under the inbox. */
const ORDER: Readonly<Record<string, number>> = { Drafts: 1, Sent: 2, Archive: 4, Junk: 5, Trash: 6 }

/** Accounts of the actor and the folders of the one asked for; without one, of the first: her own. */
export async function listFolders(ctx: ServerContext, { account: id }: z.output<typeof folders.input>): Promise<z.input<typeof folders.output>> {
  const accounts = await readableAccounts(ctx)
  const account = id === undefined ? accounts[0] : accounts.find((one) => one.id === id)
  if (account === undefined) return ctx.fail(id === undefined ? 'mail.account.missing' : 'mail.account.forbidden')
  const place = ({ name, special }: { readonly name: string; readonly special: string | null }): number => (name === 'INBOX' ? 0 : (ORDER[special ?? ''] ?? 3))
  const items = (await listMailboxes(ctx, account.id)).toSorted((a, b) => place(a) - place(b) || a.name.localeCompare(b.name, 'zh'))
  return { account, accounts: [...accounts], items: items.map((box) => ({ id: box.id, name: box.name, special: box.special, messages: box.messages, unseen: box.unseen })) }
}
