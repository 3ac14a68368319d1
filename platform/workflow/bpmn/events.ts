import type { ModdleElement } from 'bpmn-moddle'
import type { EventSpec, StartEvent, Starter, TimerSpec } from '../core/ir.ts'
import { descriptorOf } from './extension.ts'
import type { Findings } from './findings.ts'
import { timerOf } from './duration.ts'
import { idOf, kindOf, listOf, nameOf, partOf, textOf } from './parts.ts'
import { conditionIn, isSpan, settingsOf } from './steps.ts'

/** The one definition of an event; null for an event without. */
export const definitionOf = (event: ModdleElement): ModdleElement | null => listOf(event, 'eventDefinitions')[0] ?? null

/** What a BPMN event listens for or throws. */
export function eventSpec(element: ModdleElement, findings: Findings): EventSpec {
  const definition = definitionOf(element)
  if (listOf(element, 'eventDefinitions').length > 1) findings.add('not-executable', idOf(element), `“${nameOf(element)}”有多个事件定义，只能执行一个，请拆分为多个事件`)
  if (definition === null) return kindOf(element) === 'ReceiveTask' || kindOf(element) === 'SendTask' ? message(element, partOf(element, 'messageRef')) : { type: 'none' }
  switch (kindOf(definition)) {
    case 'MessageEventDefinition': return message(element, partOf(definition, 'messageRef'))
    case 'SignalEventDefinition': return named('signal', partOf(definition, 'signalRef'))
    case 'ErrorEventDefinition': return named('error', partOf(definition, 'errorRef'))
    case 'EscalationEventDefinition': return named('escalation', partOf(definition, 'escalationRef'))
    case 'TimerEventDefinition': return { type: 'timer', at: timer(element, definition, findings) }
    case 'ConditionalEventDefinition': {
      const condition = partOf(definition, 'condition')
      return { type: 'conditional', when: conditionIn(element, condition === null ? null : textOf(condition, 'body'), findings) }
    }
    case 'CompensateEventDefinition': {
      const activity = partOf(definition, 'activityRef')
      return { type: 'compensate', activity: activity === null ? null : idOf(activity) }
    }
    case 'CancelEventDefinition': return { type: 'cancel' }
    case 'TerminateEventDefinition': return { type: 'terminate' }
    default: return { type: 'none' }
  }
}

/** A message, with our setting `key`: the field by whose value it finds its case. */
function message(element: ModdleElement, ref: ModdleElement | null): EventSpec {
  const { key } = descriptorOf(element)
  return { ...named('message', ref), ...(typeof key === 'string' && key !== '' ? { key } : {}) } as EventSpec
}

/** Errors and escalations meet by their code, messages and signals by their name; without either by their id. */
function named(type: 'message' | 'signal' | 'error' | 'escalation', ref: ModdleElement | null): EventSpec {
  if (ref === null) return { type, name: null }
  const code = type === 'error' ? textOf(ref, 'errorCode') : type === 'escalation' ? textOf(ref, 'escalationCode') : null
  return { type, name: code ?? (type === 'error' || type === 'escalation' ? idOf(ref) : nameOf(ref)) }
}

function timer(element: ModdleElement, definition: ModdleElement, findings: Findings): TimerSpec | null {
  const { after, every } = settingsOf(element, findings)
  if (isSpan(after)) return { kind: 'after', span: after }
  for (const kind of ['timeDate', 'timeDuration', 'timeCycle'] as const) {
    const text = textOf(partOf(definition, kind) ?? definition, 'body')
    if (text === null) continue
    const found = timerOf(kind, text)
    if (found === null) findings.add('bad-timer', idOf(element), `“${nameOf(element)}”的时间“${text}”无法识别，请使用日期、字段名或 ISO 8601 时长（如 P3D、PT2H）`)
    return found?.kind === 'every' && isSpan(every) ? { ...found, span: every } : found
  }
  if (isSpan(every)) return { kind: 'every', span: every, times: null }
  findings.add('no-time', idOf(element), `“${nameOf(element)}”没有设置时间，只能由人工触发`, 'warning')
  return null
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value)

const isStarter = (value: unknown): value is Starter => isObject(value) && Object.keys(value).length === 1 && (typeof value['person'] === 'string' || typeof value['post'] === 'string')

/** Our settings `initiator` and `values` on an event that starts a case: in whose name, and what its record is filled in with. */
export function startedBy(element: ModdleElement, findings: Findings): Pick<StartEvent, 'initiator' | 'values'> {
  if (definitionOf(element) === null) return {}
  const { initiator, values } = settingsOf(element, findings)
  if (initiator !== undefined && !isStarter(initiator)) findings.add('bad-settings', idOf(element), `“${nameOf(element)}”的办理设置“initiator”有误，请写明人员（person）或岗位（post）`)
  if (values !== undefined && !isObject(values)) findings.add('bad-settings', idOf(element), `“${nameOf(element)}”的办理设置“values”有误，请逐个写明字段与内容`)
  return { ...(isStarter(initiator) && { initiator }), ...(isObject(values) && { values }) }
}
