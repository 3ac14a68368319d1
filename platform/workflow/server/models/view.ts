import type { FlowModelDetailWire, FlowModelWire, ModelVersionDetailWire, ModelVersionWire } from '#kit/wire/flow-model.ts'
import type { DiagramWire } from '#kit/wire/task.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { registryOf } from '#platform/registry/server/of.ts'
import { readBpmn } from '../../bpmn/read.ts'
import { sketchOf } from '../../bpmn/sketch.ts'
import { compareFlows } from '../../core/compare.ts'
import type { Comparison } from '../../core/compare.ts'
import { drawingOf } from '../../core/diagram.ts'
import type { Drawing } from '../../core/diagram.ts'
import { compareWords } from '../../words.ts'
import { businessOf } from '../record.ts'
import { startsOf } from '../starts/list.ts'
import { checkAgain } from './acts.ts'
import { publishedIr, versionIr } from './published.ts'
import { actsOf, casesBy, readVersion, versionsOf } from './store.ts'
import type { VersionHead } from './store.ts'

type Cases = Awaited<ReturnType<typeof casesBy>>

const iso = (at: Date | null): string | null => at?.toISOString() ?? null
const count = ({ findings }: Pick<VersionHead, 'findings'>, wanted: 'error' | 'warning'): number => findings.filter(({ level }) => level === wanted).length

const wireOf = (version: VersionHead, cases: Cases): ModelVersionWire => ({
  number: version.number, kind: version.kind, title: version.title, state: version.state, note: version.note, errors: count(version, 'error'), warnings: count(version, 'warning'),
  createdAt: version.created_at.toISOString(), createdBy: version.created_name, publishedAt: iso(version.published_at), publishedBy: version.published_name,
  ...(cases.get(version.ir ?? '') ?? { running: 0, ended: 0 }),
})

async function modelLine(ctx: ServerContext, entity: string, module: string): Promise<FlowModelWire> {
  const [versions, cases] = [await versionsOf(ctx.db(), entity), await casesBy(ctx.db(), entity)]
  const published = versions.find(({ state }) => state === 'published')
  return {
    entity, label: registryOf(ctx).entity(entity)?.entity.label ?? entity, module, title: published?.title ?? businessOf(ctx, entity).flow.title,
    published: published === undefined ? null : wireOf(published, cases), drafts: versions.filter(({ state }) => state === 'draft').length, versions: versions.length,
    running: [...cases.values()].reduce((sum, { running }) => sum + running, 0),
  }
}

/** Every kind of record that has a flow, in the order of the modules. */
export async function listModels(ctx: ServerContext): Promise<FlowModelWire[]> {
  const lines: FlowModelWire[] = []
  for (const { definition } of registryOf(ctx).modules) for (const { entity } of definition.flows) lines.push(await modelLine(ctx, entity, definition.title))
  return lines
}

export async function modelDetail(ctx: ServerContext, entity: string): Promise<FlowModelDetailWire> {
  const versions = await versionsOf(ctx.db(), entity)
  if (versions.length === 0) ctx.fail('workflow.model.missing')
  const cases = await casesBy(ctx.db(), entity)
  return {
    entity, label: registryOf(ctx).entity(entity)?.entity.label ?? entity, title: businessOf(ctx, entity).flow.title, items: versions.map((version) => wireOf(version, cases)),
    acts: (await actsOf(ctx.db(), entity)).map(({ number, act, note, at, by_name: by }) => ({ number, act, note, at: at.toISOString(), by })),
    starts: await startsOf(ctx, entity),
  }
}

function pictureOf({ nodes, edges }: Drawing): DiagramWire {
  return { nodes: nodes.map((node) => ({ ...node, people: [], due: null })), edges: edges.map((edge) => ({ ...edge, points: [...edge.points] })), returns: [] }
}

const differenceOf = ({ added, removed, changed }: Comparison): NonNullable<ModelVersionDetailWire['difference']> => ({
  added: [...added], removed: [...removed], changed: changed.map(({ what, ...step }) => ({ ...step, what: what.map((word) => compareWords[word]) })),
})

/** A version with what is found in it today, its picture and its difference to the published one. */
export async function versionDetail(ctx: ServerContext, entity: string, number: number): Promise<ModelVersionDetailWire> {
  const version = (await readVersion(ctx.db(), entity, number)) ?? ctx.fail('workflow.model.missing')
  const { findings } = version.state === 'published' ? version : await checkAgain(ctx, version)
  const ir = version.ir === null ? null : await versionIr(ctx, entity, number)
  const sketch = findings.length > 0 || ir === null ? sketchOf(await readBpmn(version.xml)) : null
  const diagram = ir === null ? (sketch?.drawing ?? null) : drawingOf(ir, null)
  const drawn = new Set(diagram?.nodes.map(({ id }) => id))
  const placed = findings.map((one) => {
    const at = sketch?.at.get(one.place) ?? one.place
    return { ...one, at: drawn.has(at) ? at : null }
  })
  return {
    ...wireOf({ ...version, findings }, await casesBy(ctx.db(), entity)), findings: placed, form: version.form, diagram: diagram === null ? null : pictureOf(diagram),
    difference: ir === null || version.state === 'published' ? null : differenceOf(compareFlows(await publishedIr(ctx, entity), ir)),
  }
}
