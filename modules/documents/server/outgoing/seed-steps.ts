import type { Actor } from '#kit/context.ts'
import type { Block, Inline } from '#modules/documents/body.ts'
import { Numbering } from '#platform/numbering/contract.ts'
import { Org } from '#platform/org/contract.ts'
import type { Unit } from '#platform/org/contract.ts'
import { Records } from '#platform/records/contract.ts'
import type { Runtime } from '#platform/registry/server/runtime.ts'
import { doStep, fail } from '../incoming/seed-stage.ts'
import type { Stage } from '../incoming/seed-stage.ts'
import { seriesOf } from './number.ts'

export const ENTITY = 'documents_outgoing'
export type People = (login: string) => Promise<Actor>
type Values = Readonly<Record<string, unknown>>

/** Words one reviser puts in the place of others. */
export type Edit = readonly [from: string, to: string]

/** Drafts a document and hands it in, so many working days ago. */
export async function handIn(stage: Stage, daysAgo: number, drafter: Actor, values: Values): Promise<string> {
  const runtime = await stage.at(daysAgo, 9)
  const { id } = await runtime.command(drafter, (ctx) => ctx.use(Records).handIn(ENTITY, { secrecy: 'none', disclosure: 'on-request', ...values }))
  return id
}

export const approve = async (stage: Stage, daysAgo: number, hour: number, actor: Actor, id: string, opinion: string, values?: Values): Promise<void> =>
  doStep(await stage.at(daysAgo, hour), actor, id, { entity: ENTITY, outcome: 'approve', opinion, ...(values !== undefined && { values }) })

/** 退回 to a step before, with the reason. */
export const sendBack = async (stage: Stage, daysAgo: number, hour: number, actor: Actor, id: string, target: string, opinion: string): Promise<void> =>
  doStep(await stage.at(daysAgo, hour), actor, id, { entity: ENTITY, operation: 'return', target, opinion })

/** 部门负责人 of the drafter's unit. */
export async function headOf(runtime: Runtime, stage: Stage, { unitId }: Actor): Promise<Actor> {
  const unit = await runtime.query(null, (ctx) => ctx.use(Org).unit(unitId))
  return stage.holder('department-head', unit ?? fail(unitId))
}

const changed = (inlines: readonly Inline[], [from, to]: Edit): Inline[] => inlines.map((inline) => ({ ...inline, text: inline.text.replace(from, to) }))
const edited = (blocks: readonly Block[], edit: Edit): Block[] =>
  blocks.map((block) => (block.type === 'table' ? block : { ...block, text: changed(block.text, edit), ...(block.type === 'heading' && block.rest !== undefined && { rest: changed(block.rest, edit) }) }))

/** The body with other words in it, for whoever revises. */
export async function editedBody(runtime: Runtime, id: string, ...edits: readonly Edit[]): Promise<{ body: object }> {
  const { values } = await runtime.query(null, (ctx) => ctx.use(Records).rule(ENTITY, id))
  const body = values['body'] as { blocks: readonly Block[] }
  return { body: { ...body, blocks: edits.reduce<readonly Block[]>(edited, body.blocks) } }
}

/** Numbers given before this system was in use. */
export async function reserveBefore(runtime: Runtime, registrar: Actor, id: string, first: number): Promise<void> {
  await runtime.command(registrar, async (ctx) => {
    const { name, pattern } = await seriesOf(ctx, await ctx.use(Records).rule(ENTITY, id))
    await ctx.use(Numbering).reserve(name, pattern, Array.from({ length: first - 1 }, (_, index) => index + 1), '系统启用前已编发')
  })
}

/** Reviewed in the drafter's unit, revised by 文秘 (who may change words) and passed by the head of the office. */
export async function reviewAll(stage: Stage, organisation: Unit, drafter: Actor, daysAgo: number, id: string, ...edits: readonly Edit[]): Promise<void> {
  const runtime = await stage.at(daysAgo, 10)
  await approve(stage, daysAgo, 10, await headOf(runtime, stage, drafter), id, '已审，请办公室核稿。')
  await approve(stage, daysAgo, 11, await stage.holder('doc-secretary', organisation), id, '已按格式规范修改，请主任审核。', edits.length === 0 ? undefined : await editedBody(runtime, id, ...edits))
  await approve(stage, daysAgo, 14, await stage.holder('office-head', organisation), id, '已核，请领导审签。')
}

/** 复核登记 and 分发 at an hour of a day. */
export async function send(stage: Stage, registrar: Actor, daysAgo: number, hour: number, id: string, printCopies: number): Promise<void> {
  await doStep(await stage.at(daysAgo, hour), registrar, id, { entity: ENTITY, values: { printCopies } })
  await doStep(await stage.at(daysAgo, hour), registrar, id, { entity: ENTITY })
}
