import type { z } from 'zod'
import { Audit } from '#platform/audit/contract.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { addAnchors, dropAnchor, listAnchors, takeRevocations } from '../../store/server/trust.ts'
import type { addRevocations, addTrust, removeTrust, trust } from '../../trust-api.ts'

const DAY = 86_400_000

export async function listTrust(ctx: ServerContext): Promise<z.input<typeof trust.output>> {
  return { items: (await listAnchors(ctx)).map((one) => ({ ...one, daysLeft: Math.floor((new Date(one.validTo).getTime() - ctx.now.getTime()) / DAY) })) }
}

export async function takeTrust(ctx: ServerContext, { content }: z.output<typeof addTrust.input>): Promise<z.input<typeof addTrust.output>> {
  const added = await addAnchors(ctx, content)
  for (const { id, name } of added) await ctx.use(Audit).record({ action: 'mail.add-trust', object: { type: 'mail_trust', id, title: name } })
  return { names: added.map(({ name }) => name) }
}

export async function takeList(ctx: ServerContext, { content }: z.output<typeof addRevocations.input>): Promise<z.input<typeof addRevocations.output>> {
  const { id, name, count } = await takeRevocations(ctx, content)
  await ctx.use(Audit).record({ action: 'mail.add-revocations', object: { type: 'mail_trust', id, title: name }, difference: { count } })
  return { name, count }
}

export async function endTrust(ctx: ServerContext, { id }: z.output<typeof removeTrust.input>): Promise<z.input<typeof removeTrust.output>> {
  const name = await dropAnchor(ctx, id)
  await ctx.use(Audit).record({ action: 'mail.remove-trust', object: { type: 'mail_trust', id, title: name } })
  return { done: true }
}
