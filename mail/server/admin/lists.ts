import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { z } from 'zod'
import type { ServerContext } from '#platform/db/server/context.ts'
import type { lists, MailListWire, removeList, saveList } from '../../admin-api.ts'

const MOST_LISTS = 1_000

export async function allLists(ctx: ServerContext): Promise<z.input<typeof lists.output>> {
  const { rows } = await sql<MailListWire>`
    select l.id, l.address, l.name, l.posting, l.active, coalesce((select array_agg(m.address order by m.address) from mail_list_member m where m.list_id = l.id), '{}') as members from mail_list l order by l.address limit ${MOST_LISTS}`.execute(ctx.db())
  return { items: rows }
}

/** Writes a list and its members as they are given. */
export async function writeList(ctx: ServerContext, { id = randomUUID(), address, name, posting, active, members }: z.output<typeof saveList.input>): Promise<z.input<typeof saveList.output>> {
  const domain = address.slice(address.indexOf('@') + 1)
  const { rows: ours } = await sql`select from mail_domain where name = ${domain}`.execute(ctx.db())
  if (ours.length === 0) ctx.fail('mail.domain.missing', { name: domain })
  const { rows: taken } = await sql`select from mail_address where address = ${address} union all select from mail_list where address = ${address} and id <> ${id}`.execute(ctx.db())
  if (taken.length > 0) ctx.fail('mail.address.taken', { address })
  await sql`insert into mail_list (id, address, name, posting, active) values (${id}, ${address}, ${name}, ${posting}, ${active})
    on conflict (id) do update set address = excluded.address, name = excluded.name, posting = excluded.posting, active = excluded.active`.execute(ctx.db())
  await sql`delete from mail_list_member where list_id = ${id} and address <> all(${members}::text[])`.execute(ctx.db())
  await sql`insert into mail_list_member (list_id, address) select ${id}::uuid, address from unnest(${members}::text[]) as address on conflict do nothing`.execute(ctx.db())
  return { id }
}

export async function dropList(ctx: ServerContext, { id }: z.output<typeof removeList.input>): Promise<z.input<typeof removeList.output>> {
  const { numAffectedRows } = await sql`delete from mail_list where id = ${id}`.execute(ctx.db())
  if (numAffectedRows === 0n) ctx.fail('mail.list.missing')
  return { done: true }
}
