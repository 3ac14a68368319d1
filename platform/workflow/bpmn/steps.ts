import type { ModdleElement } from 'bpmn-moddle'
import { MAYS, SPAN_UNITS } from '#kit/flow.ts'
import type { Assign, Decide, DueField, Escalation, May, Span, StepForm, Timeout } from '#kit/flow.ts'
import type { Condition } from '#kit/where.ts'
import { WorkflowError } from '../core/error.ts'
import type { HumanNode } from '../core/ir.ts'
import { parseCondition } from './expression.ts'
import { type Descriptor, descriptorOf } from './extension.ts'
import type { Findings } from './findings.ts'
import { idOf, nameOf } from './parts.ts'

type Work = Omit<HumanNode, 'id' | 'name' | 'in' | 'out' | 'kind' | 'element' | 'parent' | 'attached' | 'compensation'>

/** Our JSON on an element; what is no JSON is a finding. */
export function settingsOf(element: ModdleElement, findings: Findings): Descriptor {
  try {
    return descriptorOf(element)
  } catch (error) {
    if (!(error instanceof WorkflowError)) throw error
    findings.add('bad-settings', idOf(element), `“${nameOf(element)}”的办理设置不是有效的 JSON 对象`)
    return {}
  }
}

const isText = (value: unknown): value is string => typeof value === 'string'
const isObject = (value: unknown): value is Descriptor => typeof value === 'object' && value !== null && !Array.isArray(value)
const areTexts = (value: unknown): value is readonly string[] => Array.isArray(value) && value.every(isText)
const oneOf = <T extends string>(...texts: readonly T[]) => (value: unknown): value is T => isText(value) && (texts as readonly string[]).includes(value)
export const isSpan = (value: unknown): value is Span => isObject(value) && oneOf(...SPAN_UNITS)(value['unit']) && typeof value['n'] === 'number' && Number.isFinite(value['n'])
const isDue = (value: unknown): value is Span | DueField => isSpan(value) || (isObject(value) && isText(value['field']))
const isMay = oneOf<May>(...MAYS)
const isForm = (value: unknown): value is StepForm => isObject(value) && Object.entries(value).every(([key, one]) => (key === 'area' ? isText(one) : areTexts(one)))

const MOST_NESTED = 5

const areAssigns = (value: unknown, depth: number): value is readonly Assign[] => Array.isArray(value) && value.length <= 20 && value.every((one) => isAssignAt(one, depth))
const isAssign = (value: unknown): value is Assign => isAssignAt(value, 0)

function isAssignAt(value: unknown, depth: number): value is Assign {
  if (!isObject(value) || depth > MOST_NESTED) return false
  switch (value['kind']) {
    case 'rule': return isText(value['name']) && isObject(value['with'] ?? {})
    case 'field': return isText(value['field'])
    case 'persons': return areTexts(value['persons'])
    case 'doer': return isText(value['node'])
    case 'initiator':
    case 'previous':
    case 'chosen': return true
    case 'first':
    case 'together': return areAssigns(value['of'], depth + 1)
    case 'except': return isAssignAt(value['from'], depth + 1) && isAssignAt(value['without'], depth + 1)
    case 'pick': return isAssignAt(value['from'], depth + 1) && oneOf('random', 'least-loaded', 'rotating')(value['how']) && Number.isInteger(value['n'] ?? 1)
    default: return false
  }
}

/** What a model may leave out has its default. */
function complete(by: Assign): Assign {
  switch (by.kind) {
    case 'rule': return { kind: 'rule', name: by.name, with: by.with ?? {} }
    case 'first':
    case 'together': return { ...by, of: by.of.map(complete) }
    case 'except': return { ...by, from: complete(by.from), without: complete(by.without) }
    case 'pick': return { ...by, from: complete(by.from), n: by.n ?? 1 }
    default: return by
  }
}

const isTimeout = (value: unknown): value is Timeout => oneOf('remind', 'pass', 'reject')(value) || (isObject(value) && isText(value['move']))
const isLevel = (value: unknown): value is Escalation =>
  isObject(value) && isSpan(value['after']) && oneOf('tell', 'copy', 'give')(value['does']) && (value['to'] === undefined || isAssign(value['to']))
const areLevels = (value: unknown): value is readonly Escalation[] => Array.isArray(value) && value.length <= 10 && value.every(isLevel)

export function isDecide(value: unknown): value is Decide {
  if (oneOf('any', 'all', 'in-turn', 'lead')(value)) return true
  if (!isObject(value)) return false
  const { ratio, quorum, of, veto, leadWeight } = value
  const isRatio = typeof ratio === 'number' && ratio > 0 && ratio <= 1
  const isWeight = leadWeight === undefined || (typeof leadWeight === 'number' && leadWeight >= 0 && Number.isFinite(leadWeight))
  return isRatio && isWeight && (quorum === undefined || Number.isInteger(quorum)) && (of === undefined || oneOf('all', 'cast')(of)) && (veto === undefined || oneOf('lead', 'any')(veto))
}

/** The options of a step as our extension gives them, each checked; what is missing has the default of `flow.ts`. */
export function workOf(element: ModdleElement, kind: 'start' | 'task', takesReject: boolean, may: readonly May[], findings: Findings): Work {
  const given = settingsOf(element, findings)
  const read = <T>(key: string, test: (value: unknown) => value is T, otherwise: T): T => {
    const value = given[key]
    if (value === undefined || test(value)) return value ?? otherwise
    findings.add('bad-settings', idOf(element), `“${nameOf(element)}”的办理设置“${key}”有误`)
    return otherwise
  }
  const repeated = read<'keep' | 'skip' | 'skip-next'>('repeated', oneOf('keep', 'skip', 'skip-next'), 'keep')
  const escalate = read<readonly Escalation[]>('escalate', areLevels, [])
  const by = read<Assign>('by', isAssign, kind === 'start' ? { kind: 'initiator' } : { kind: 'rule', name: '', with: {} })
  return {
    by: complete(by),
    decide: read<Decide>('decide', isDecide, 'any'),
    outcomes: read('outcomes', areTexts, ['next']),
    reject: takesReject ? 'flow' : read<HumanNode['reject']>('reject', oneOf('flow', 'end', 'initiator', 'previous'), 'end'),
    due: read<Span | DueField | null>('due', (value): value is Span | DueField | null => value === null || isDue(value), null),
    remind: read<readonly Span[]>('remind', (value): value is readonly Span[] => Array.isArray(value) && value.every(isSpan), []),
    timeout: read<Timeout>('timeout', isTimeout, 'remind'),
    ...(escalate.length > 0 && { escalate }),
    nobody: read<HumanNode['nobody']>('nobody', oneOf('fail', 'skip', 'initiator', 'manager'), 'fail'),
    sameAsInitiator: read<HumanNode['sameAsInitiator']>('sameAsInitiator', oneOf('keep', 'skip', 'superior'), 'keep'),
    ...(repeated !== 'keep' && { repeated }),
    may: read<readonly May[]>('may', (value): value is readonly May[] => Array.isArray(value) && value.every(isMay), may),
    form: read('form', isForm, {}),
  }
}

/** May-list of the whole process, for steps that do not say their own. */
export function mayOf(process: ModdleElement, findings: Findings): readonly May[] {
  const { may } = settingsOf(process, findings)
  return Array.isArray(may) ? may.filter(isMay) : []
}

function isCondition(value: unknown): value is Condition {
  if (!isObject(value)) return false
  if (value['kind'] === 'field') return isText(value['field']) && isText(value['op'])
  const parts = value['kind'] === 'and' ? value['all'] : value['kind'] === 'or' ? value['any'] : null
  return Array.isArray(parts) && parts.every(isCondition)
}

/** A condition that no value fulfils: stands for one that cannot be read, so that nothing is let through by mistake. */
const never: Condition = { kind: 'or', any: [] }

/** The condition on an element: from our JSON (`when`), or the text of the model in our small language. */
export function conditionIn(element: ModdleElement, text: string | null, findings: Findings): Condition | null {
  const { when } = settingsOf(element, findings)
  if (isCondition(when)) return when
  if (text === null || text.trim() === '') return null
  try {
    return parseCondition(text)
  } catch (error) {
    findings.add('bad-expression', idOf(element), `“${nameOf(element)}”的条件“${text.trim()}”无法识别：${error instanceof Error ? error.message : ''}`)
    return never
  }
}
