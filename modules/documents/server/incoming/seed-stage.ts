import { addDays, shanghaiDate, shanghaiInstant } from '#base/civil-date.ts'
import { uuidOfKey } from '#base/ids.ts'
import type { RoleId } from '#kit/access.ts'
import type { Actor } from '#kit/context.ts'
import { Access } from '#platform/access/contract.ts'
import { Calendar } from '#platform/calendar/contract.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { Files } from '#platform/files/contract.ts'
import { Identity } from '#platform/identity/contract.ts'
import { Org } from '#platform/org/contract.ts'
import type { Unit } from '#platform/org/contract.ts'
import { Records } from '#platform/records/contract.ts'
import { createRuntime } from '#platform/registry/server/create-runtime.ts'
import type { Runtime } from '#platform/registry/server/runtime.ts'
import { Workflow } from '#platform/workflow/contract.ts'
import type { Block } from '#modules/documents/body.ts'
import { deliver } from '../deliveries/deliver.ts'
import { deliveriesOf } from '../deliveries/table.ts'
import type { DeliveredDocument } from '../deliveries/table.ts'
import { toPdf } from '../layout/pdf.ts'
import { printer } from '../printer.ts'

const ENTITY = 'documents_incoming'
/** Deadlines of the demonstration stay within a year whose calendar is confirmed. */
const LATEST = new Date('2026-12-11T08:00:00Z')

/** The demonstration at a moment of its past: the same district, another clock. */
export interface Stage {
  /** Working days ago, at an hour of the day. */
  at(daysAgo: number, hour: number): Promise<Runtime>
  organisation(shortName: string): Promise<Unit>
  holder(role: RoleId, organisation: Unit): Promise<Actor>
}

export function stageOf(runtime: Runtime): Stage {
  const now = new Date(Math.min(runtime.clock().getTime(), LATEST.getTime()))
  const { database, registry, log, dataDir } = runtime
  return {
    async at(daysAgo, hour) {
      const day = await runtime.query(null, (ctx) => ctx.use(Calendar).addWorkingDays(addDays(shanghaiDate(now), 1), -daysAgo - 1))
      const time = shanghaiInstant(day, hour * 60)
      return createRuntime({ database, registry, log, dataDir, clock: () => (time < now ? time : now) })
    },
    async organisation(shortName) {
      const units = await runtime.query(null, (ctx) => ctx.use(Org).organisations())
      return units.find((unit) => unit.shortName === shortName) ?? fail(shortName)
    },
    async holder(role, { id }) {
      const actor = await runtime.query(null, async (ctx) => {
        const [post] = await ctx.use(Org).holders(role, id, { below: true })
        return post === undefined ? null : ctx.use(Identity).actorInPost(post.id)
      })
      return actor ?? fail(role)
    },
  }
}

export const fail = (what: string): never => {
  throw new Error(`the demonstration district has no ${what}`)
}

interface Step {
  /** A received document unless told. */
  readonly entity?: string
  readonly values?: Readonly<Record<string, unknown>>
  readonly outcome?: string
  readonly opinion?: string
}

/** One person's step in a case, with what she fills in. */
export async function doStep(runtime: Runtime, actor: Actor, id: string, { entity = ENTITY, values, ...act }: Step): Promise<void> {
  await runtime.command(actor, async (ctx) => {
    const { caseId } = values === undefined ? await ctx.use(Records).rule(entity, id) : await ctx.use(Records).set(entity, id, { values })
    const { taskIds: [task], revisions } = await ctx.use(Workflow).rights(caseId ?? fail('case'))
    if (task !== undefined) await ctx.use(Workflow).act(task, { operation: 'complete', revision: revisions[task] ?? 0, ...act })
  })
}

export interface Letter extends Omit<DeliveredDocument, 'issuedOn' | 'outgoingId' | 'senderOrganisationId' | 'senderName' | 'pdfFileId' | 'attachmentIds'> {
  readonly body: readonly Block[]
  readonly recipients: string
}

async function typeset(ctx: ServerContext, sender: Unit, { title, number, recipients, body }: Letter, date: string): Promise<string> {
  const bytes = await toPdf({ format: 'document', issued: true, issuers: [sender.name], withSuffix: true, number, title, recipients, body: [...body], signatures: [{ organ: sender.name }], date }, printer())
  return (await ctx.use(Files).create(`${title}.pdf`, 'application/pdf', bytes)).id
}

/** Sends a letter and answers the received document of each organisation, by its short name. */
export async function sendLetter(stage: Stage, runtime: Runtime, from: string, letter: Letter, to: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const sender = await stage.organisation(from)
  const recipients = await Promise.all(to.map((name) => stage.organisation(name)))
  const actor = await stage.holder('doc-registrar', sender)
  const { title, number, docType, urgency } = letter
  const issuedOn = shanghaiDate(runtime.clock())
  return runtime.command(actor, async (ctx) => {
    const document = { outgoingId: uuidOfKey(`documents:${number}`), title, number, docType, urgency, issuedOn, senderOrganisationId: sender.id, senderName: sender.name, attachmentIds: [] }
    const pdfFileId = await typeset(ctx, sender, letter, issuedOn)
    await ctx.use(Access).show('documents_outgoing', document.outgoingId, ctx.now, [`p:${actor.personId}`, ...(await ctx.use(Access).ownerPrincipals(actor.unitId))])
    await ctx.use(Files).attach([pdfFileId], { type: 'documents_outgoing', id: document.outgoingId, permission: 'documents.view' })
    await deliver(ctx, { ...document, pdfFileId }, recipients.map(({ id }) => ({ organisationId: id, role: 'main' })))
    const rows = await deliveriesOf(ctx, document.outgoingId)
    return new Map(recipients.map(({ id, shortName }) => [shortName, rows.find((row) => row.organisation_id === id)?.incoming_id ?? fail(shortName)]))
  })
}

/** Registers a document that came on paper, and hands it in. */
export async function registerPaper(runtime: Runtime, clerk: Actor, values: Readonly<Record<string, unknown>>): Promise<string> {
  return runtime.command(clerk, async (ctx) => {
    const { organisationId, unitId, personId, postId } = clerk
    const { id } = await ctx.use(Records).open(ENTITY, { source: 'paper', secrecy: 'none', ...values }, { organisationId, unitId, personId, postId })
    await ctx.use(Records).set(ENTITY, id, { caseId: await ctx.use(Workflow).start(ENTITY, id, {}) })
    return id
  })
}
