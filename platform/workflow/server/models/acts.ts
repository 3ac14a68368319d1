import { Audit } from '#platform/audit/contract.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { actorOf } from '#platform/registry/server/module-server.ts'
import { registryOf } from '#platform/registry/server/of.ts'
import { readBpmn, writeBpmn } from '../../bpmn/read.ts'
import { WorkflowError } from '../../core/error.ts'
import { irHash } from '../../core/step.ts'
import { businessOf } from '../record.ts'
import { registerStarts } from '../starts/register.ts'
import { saveIrs } from '../store.ts'
import { checkModel } from './check.ts'
import type { Checked } from './check.ts'
import { addVersion, dropDraft, lockModel, noteAct, noteFindings, putInForce, readVersion, versionsOf } from './store.ts'
import type { By, ModelAct, ModelVersion, VersionHead } from './store.ts'

const byOf = (ctx: ServerContext): By => ({ id: actorOf(ctx).personId, name: actorOf(ctx).name, at: ctx.now })

/** Reads and checks a model for an entity; 422 `workflow.bpmn.invalid` for what is none, 413 `workflow.bpmn.large`. */
async function readAndCheck(ctx: ServerContext, entity: string, xml: string): Promise<Checked & { readonly xml: string }> {
  const business = businessOf(ctx, entity)
  const found = registryOf(ctx).entity(entity)?.entity ?? ctx.fail('workflow.model.missing')
  try {
    const model = await readBpmn(xml)
    return { ...(await checkModel(ctx, model, found, business)), xml: writeBpmn(model) }
  } catch (error) {
    if (error instanceof WorkflowError) return ctx.fail(error.code, error.details)
    throw error
  }
}

async function note(ctx: ServerContext, { entity, number }: { entity: string; number: number }, act: ModelAct, text: string | null): Promise<void> {
  await noteAct(ctx.db(), { entity, number, act, note: text }, byOf(ctx))
  await ctx.use(Audit).record({ action: `workflow.model.${act}`, object: { type: 'workflow-model', id: entity }, difference: { number, ...(text !== null && { note: text }) } })
}

/** Takes a model in as a draft, whatever is wrong with it: findings say what keeps it from being published. Answers its number. */
export async function uploadModel(ctx: ServerContext, entity: string, source: string, text: string | null): Promise<number> {
  if ((await lockModel(ctx.db(), entity)) === undefined) ctx.fail('workflow.model.missing')
  const { title, xml, ir, form, findings } = await readAndCheck(ctx, entity, source)
  if (ir !== null) await saveIrs(ctx.db(), [{ hash: irHash(ir), entity, ir }])
  const number = await addVersion(ctx.db(), { entity, kind: 'uploaded', title, xml, ir: ir === null ? null : irHash(ir), form, findings, note: text }, byOf(ctx))
  await note(ctx, { entity, number }, 'upload', text)
  return number
}

async function versionOf(ctx: ServerContext, entity: string, number: number): Promise<ModelVersion> {
  return (await readVersion(ctx.db(), entity, number)) ?? ctx.fail('workflow.model.missing')
}

/** Checks a version as of today: fields, rules and people may have changed since it came. */
export async function checkAgain(ctx: ServerContext, version: ModelVersion): Promise<Pick<Checked, 'findings'>> {
  return version.kind === 'module' && version.state !== 'retired' ? { findings: version.findings } : readAndCheck(ctx, version.entity, version.xml)
}

/**
 * Publishes a draft, or an old version again: new cases start with it, running ones stay with theirs. Ends with 422 `workflow.model.errors` while errors
 * stand, and with 409 `workflow.model.warnings` unless as many warnings as there are have been seen.
 */
export async function publishVersion(ctx: ServerContext, entity: string, number: number, order: { readonly note: string; readonly warnings: number }): Promise<void> {
  if ((await lockModel(ctx.db(), entity)) === undefined) ctx.fail('workflow.model.missing')
  const version = await versionOf(ctx, entity, number)
  if (version.state === 'published') ctx.fail('workflow.model.published')
  const { findings } = await checkAgain(ctx, version)
  const errors = findings.filter(({ level }) => level === 'error')
  const warnings = findings.length - errors.length
  if (version.ir === null || errors.length > 0) ctx.fail('workflow.model.errors', { count: errors.length, first: errors[0]?.message ?? '' })
  if (warnings !== order.warnings) ctx.fail('workflow.model.warnings', { count: warnings })
  await noteFindings(ctx.db(), version, findings)
  await putInForce(ctx.db(), entity, number, byOf(ctx))
  await registerStarts(ctx, entity)
  await note(ctx, version, version.state === 'draft' ? 'publish' : 'roll-back', order.note)
}

const isPublished = ({ state }: VersionHead): boolean => state === 'published'

/** Takes the published model out of use: new cases start with the flow the product brings. */
export async function retireModel(ctx: ServerContext, entity: string, text: string): Promise<void> {
  if ((await lockModel(ctx.db(), entity)) === undefined) ctx.fail('workflow.model.missing')
  const versions = await versionsOf(ctx.db(), entity)
  const published = versions.find(isPublished)
  const own = versions.find(({ kind }) => kind === 'module')
  if (published === undefined || own === undefined || published.kind === 'module') return ctx.fail('workflow.model.own')
  await putInForce(ctx.db(), entity, own.number, byOf(ctx))
  await registerStarts(ctx, entity)
  await note(ctx, published, 'retire', text)
}

/** Throws a draft away; 409 `workflow.model.kept` for anything else. */
export async function discardDraft(ctx: ServerContext, entity: string, number: number): Promise<void> {
  if ((await lockModel(ctx.db(), entity)) === undefined) ctx.fail('workflow.model.missing')
  const version = await versionOf(ctx, entity, number)
  if (version.state !== 'draft' || version.kind === 'module') ctx.fail('workflow.model.kept')
  await dropDraft(ctx.db(), entity, number)
  await note(ctx, version, 'discard', null)
}
