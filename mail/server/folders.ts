import type { z } from 'zod'
import type { ServerContext } from '#platform/db/server/context.ts'
import { may } from '../store/rights.ts'
import { boxesOf, foreignBoxes, type NamedBox } from '../store/server/boxes.ts'
import type { folders, MailAccountWire, SharedFolderWire } from '../api.ts'
import { asking, readableAccounts } from './rights.ts'

/** Places of the special folders under the inbox. */
const ORDER: Readonly<Record<string, number>> = { Drafts: 1, Sent: 2, Archive: 4, Junk: 5, Trash: 6 }

const sharedFolder = ({ accountId, owner, id, name, unseen }: NamedBox): SharedFolderWire => ({ account: accountId, owner, id, name, unseen })

/** An account of which the actor may read single folders: its size is nobody else's business. */
const partly = ({ accountId, kind, owner }: NamedBox): MailAccountWire => ({ id: accountId, kind, name: owner, address: '', kept: false, quota: 0, used: 0, maySend: false, whole: false })

/** Accounts of the actor, folders that others share with her, and the folders of the account asked for that she may read; without one, of the first: her own. */
export async function listFolders(ctx: ServerContext, { account: id }: z.output<typeof folders.input>): Promise<z.input<typeof folders.output>> {
  const asker = asking(ctx)
  const whole = await readableAccounts(ctx)
  const shared = (await foreignBoxes(ctx, asker)).filter(({ rights, accountId }) => may(rights, 'lr') && !whole.some((one) => one.id === accountId))
  const accounts = [...whole, ...new Map(shared.map((box) => [box.accountId, partly(box)])).values()]
  const account = id === undefined ? accounts[0] : accounts.find((one) => one.id === id)
  if (account === undefined) return ctx.fail(id === undefined ? 'mail.account.missing' : 'mail.account.forbidden')
  const place = ({ name, special }: { readonly name: string; readonly special: string | null }): number => (name === 'INBOX' ? 0 : (ORDER[special ?? ''] ?? 3))
  const items = (await boxesOf(ctx, asker, account.id)).filter(({ rights }) => may(rights, 'lr')).toSorted((a, b) => place(a) - place(b) || a.name.localeCompare(b.name, 'zh'))
  return { account, accounts, items: items.map((box) => ({ id: box.id, name: box.name, special: box.special, messages: box.messages, unseen: box.unseen, rights: box.rights, shared: box.said > 0 && may(box.rights, 'a') })), shared: shared.map(sharedFolder) }
}
