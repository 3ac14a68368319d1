import { sql } from 'kysely'
import type { z } from 'zod'
import type { ServerContext } from '#platform/db/server/context.ts'
import { Org } from '#platform/org/contract.ts'
import type { share, sharing, SharingLineWire } from '../sharing-api.ts'
import { may, type Subject } from '../store/rights.ts'
import { readGrants, setGrant } from '../store/server/acl.ts'
import { boxesOf, type InsideBox } from '../store/server/boxes.ts'
import { asking, type Permitted, permittedMailbox } from './rights.ts'

type AccountRow = { readonly id: string; readonly name: string; readonly owner_id: string | null }

/** Folders below one whose sharing the actor administers too. */
async function below(ctx: ServerContext, { accountId, name }: Permitted): Promise<readonly InsideBox[]> {
  return (await boxesOf(ctx, asking(ctx), accountId)).filter((box) => box.name.startsWith(`${name}/`) && may(box.rights, 'a'))
}

const idsOf = (subjects: readonly Subject[], kind: 'account' | 'unit'): readonly string[] => subjects.filter((one) => one.startsWith(`${kind}:`)).map((one) => one.slice(kind.length + 1))

/** What people call those of whom something is said. */
async function names(ctx: ServerContext, subjects: readonly Subject[]): Promise<(subject: Subject) => Pick<SharingLineWire, 'name' | 'note'>> {
  const { rows } = await sql<AccountRow>`select id, name, owner_id from mail_account where id = any(${[...idsOf(subjects, 'account')]}::uuid[])`.execute(ctx.db())
  const posts = await ctx.use(Org).mainPosts(rows.flatMap(({ owner_id }) => owner_id ?? []))
  const units = await ctx.use(Org).names(idsOf(subjects, 'unit'))
  const accounts = new Map(rows.map(({ id, name, owner_id }) => [`account:${id}`, { name, note: posts.get(owner_id ?? '')?.organisationName ?? '' }]))
  return (subject) => {
    if (subject === 'anyone') return { name: '全区人员', note: '所有有邮箱的人' }
    return accounts.get(subject) ?? { name: units[subject.slice('unit:'.length)] ?? '已撤销的单位', note: '本单位全体人员' }
  }
}

export async function sharingOf(ctx: ServerContext, { mailbox }: z.output<typeof sharing.input>): Promise<z.input<typeof sharing.output>> {
  const box = await permittedMailbox(ctx, mailbox, 'a')
  const owner: Subject = `account:${box.accountId}`
  const lines = await readGrants(ctx, box.id)
  const named = await names(ctx, [owner, ...lines.map(({ subject }) => subject)])
  return { owner: named(owner).name, below: (await below(ctx, box)).length, lines: lines.map(({ subject, negative, rights }) => ({ subject, negative, rights, ...named(subject) })) }
}

/** Whom the page means, if there is somebody. Fails with `mail.share.nobody`. */
async function subjectOf(ctx: ServerContext, written: string): Promise<Subject> {
  const [kind, id = ''] = written.split(':')
  if (kind === 'anyone') return 'anyone'
  if (kind === 'unit') return (await ctx.use(Org).unit(id)) === undefined ? ctx.fail('mail.share.nobody') : `unit:${id}`
  const { rows } = await sql<{ id: string }>`select id from mail_account where ${kind === 'person' ? sql`kind = 'person' and owner_id = ${id}` : sql`id = ${id}`}`.execute(ctx.db())
  return rows[0] === undefined ? ctx.fail('mail.share.nobody') : `account:${rows[0].id}`
}

/** Fails with `mail.mailbox.*`, `mail.share.nobody`, or `mail.share.owner` when rights are given to whom the folder belongs. */
export async function shareFolder(ctx: ServerContext, input: z.output<typeof share.input>): Promise<z.input<typeof share.output>> {
  const box = await permittedMailbox(ctx, input.mailbox, 'a')
  const isEnd = input.rights === ''
  // A unit that is no more can still be taken off the list.
  const subject = isEnd && !input.subject.startsWith('person:') ? (input.subject as Subject) : await subjectOf(ctx, input.subject)
  if (subject === `account:${box.accountId}` && !isEnd) ctx.fail('mail.share.owner')
  for (const { id } of [box, ...(input.below ? await below(ctx, box) : [])]) await setGrant(ctx, id, { subject, negative: input.negative }, () => (isEnd ? null : input.rights))
  return { done: true }
}
