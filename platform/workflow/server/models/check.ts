import type { ServerContext } from '#platform/db/server/context.ts'
import { Org } from '#platform/org/contract.ts'
import type { Entity } from '#kit/entity.ts'
import { compileBpmn } from '../../bpmn/compile.ts'
import { descriptorOf } from '../../bpmn/extension.ts'
import { kindOf, listOf } from '../../bpmn/parts.ts'
import type { BpmnModel } from '../../bpmn/read.ts'
import { elementsIn } from '../../bpmn/xml.ts'
import type { XmlElement } from '../../bpmn/xml.ts'
import { WorkflowError } from '../../core/error.ts'
import { isHuman } from '../../core/ir.ts'
import type { Ir } from '../../core/ir.ts'
import { lint } from '../../core/lint.ts'
import type { Finding } from '../../core/lint.ts'
import { lintKnown } from '../../core/lint-known.ts'
import type { Known } from '../../core/lint-known.ts'
import { placeWords } from '../../words.ts'
import { irOf } from '../definitions.ts'
import type { Business } from '../record.ts'
import { startFindings } from './check-starts.ts'
import { formOf, formVersion, typesOf } from './form.ts'
import { readForm } from './store.ts'
import type { PlacedFinding } from './store.ts'

export interface Checked {
  readonly title: string
  /** Null while an error keeps the model from running. */
  readonly ir: Ir | null
  readonly form: string
  readonly findings: readonly PlacedFinding[]
}

/** Most findings that are kept: whoever has more mends these first. */
const MOST_FINDINGS = 200

function knownOf(entity: Entity, { module, flow }: Business): Known {
  const hidden = Object.values(irOf(flow).nodes).filter(isHuman).flatMap(({ form }) => form.hide ?? [])
  return {
    fields: typesOf(entity), hideable: new Set(hidden), states: new Set(Object.keys(entity.states)), areas: new Set(Object.keys(entity.opinions)),
    people: new Set(Object.entries(entity.fields).filter(([, { kind }]) => kind === 'person' || kind === 'people').map(([name]) => name)),
    rules: new Set(Object.keys(module.server.assign ?? {})), services: new Set(Object.keys(module.server.effects ?? {})),
  }
}

function allIn(root: XmlElement): readonly XmlElement[] {
  const found: XmlElement[] = []
  const open = [root]
  for (let element = open.pop(); element !== undefined; element = open.pop()) {
    found.push(element)
    open.push(...elementsIn(element))
  }
  return found
}

/** Names of all elements of a model by their ids. */
function namesIn(root: XmlElement): ReadonlyMap<string, string> {
  return new Map(allIn(root).flatMap(({ attributes: { id, name } }) => (id === undefined || name === undefined || name === '' ? [] : [[id, name]])))
}

/** Flows without a name, as what they lead from and to. */
const flowNames = ({ xml }: BpmnModel, names: ReadonlyMap<string, string>): ReadonlyMap<string, string> => new Map(allIn(xml.root).flatMap(({ attributes: { id, sourceRef, targetRef } }) =>
  id === undefined || sourceRef === undefined || targetRef === undefined ? [] : [[id, `${names.get(sourceRef) ?? placeWords.unnamed} → ${names.get(targetRef) ?? placeWords.unnamed}`]]))

/** Persons named in steps who hold no post today. */
async function personsGone(ctx: ServerContext, ir: Ir): Promise<readonly Finding[]> {
  const steps = Object.values(ir.nodes).filter(isHuman).flatMap((node) => (node.by.kind === 'persons' ? [{ node, persons: node.by.persons }] : []))
  const posts = await ctx.use(Org).mainPosts(steps.flatMap(({ persons }) => persons).filter((id) => UUID.test(id)))
  return steps.flatMap(({ node, persons }) => {
    const gone = persons.filter((id) => !posts.has(id))
    return gone.length === 0 ? [] : [{ rule: 'unknown-person' as const, level: 'error' as const, place: node.id, message: `“${node.name}”指定的办理人中有 ${gone.length} 人不存在或已无在任岗位` }]
  })
}

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/u

/** The version of the form a model says it was made for; undefined: it does not say. */
function namedForm(model: BpmnModel): { readonly version: string; readonly place: string } | undefined {
  try {
    const processes = listOf(model.definitions, 'rootElements').filter((root) => kindOf(root) === 'Process')
    return processes.flatMap((process) => {
      const { form } = descriptorOf(process)
      return form === undefined ? [] : [{ version: String(form), place: String(process.id) }]
    })[0]
  } catch (error) {
    if (error instanceof WorkflowError) return undefined
    throw error
  }
}

async function formFindings(ctx: ServerContext, entity: Entity, model: BpmnModel): Promise<readonly Finding[]> {
  const named = namedForm(model)
  if (named === undefined || named.version === formVersion(entity)) return []
  const former = await readForm(ctx.db(), entity.name, named.version)
  if (former === undefined) return [{ rule: 'no-form-version', level: 'error', place: named.place, message: `模型指定的表单版本“${named.version}”不存在，请改为当前版本“${formVersion(entity)}”` }]
  const now = formOf(entity)
  const changed = [...new Set([...Object.keys(former), ...Object.keys(now)])].filter((name) => former[name] !== now[name])
  return [{ rule: 'no-form-version', level: 'warning', place: named.place, message: `模型按较早的表单制作，此后有变化的字段：${changed.slice(0, 10).join('、')}` }]
}

/** Compiles a model and checks it against the business it is for. */
export async function checkModel(ctx: ServerContext, model: BpmnModel, entity: Entity, business: Business): Promise<Checked> {
  const { irs, findings } = compileBpmn(model)
  const [ir, ...others] = irs
  const known = knownOf(entity, business)
  const own = ir === undefined ? [] : [...lint(ir, known.fields), ...lintKnown(ir, known), ...(await personsGone(ctx, ir)), ...(await startFindings(ctx, ir, entity))]
  const several = others.map((one): Finding => ({ rule: 'several-processes', level: 'error', place: one.element ?? one.id, message: `文件中有多个流程，“${one.title}”不会执行；请每个文件只保留一个流程` }))
  const names = namesIn(model.xml.root)
  const flows = flowNames(model, names)
  const all = [...findings, ...several, ...own, ...(await formFindings(ctx, entity, model))]
  const placed = all.map((one) => {
    const place = one.place.split('/').at(-1) ?? one.place
    return { ...one, place, name: names.get(place) ?? (place === model.definitions.id ? placeWords.whole : (flows.get(place) ?? place)) }
  }).toSorted((a, b) => Number(a.level === 'warning') - Number(b.level === 'warning'))
  const runs = ir !== undefined && placed.every(({ level }) => level !== 'error')
  return { title: (ir?.title ?? '').slice(0, 200) || business.flow.title, ir: runs ? ir : null, form: formVersion(entity), findings: placed.slice(0, MOST_FINDINGS) }
}
