import type { ModdleElement } from 'bpmn-moddle'
import type { EventSpec, TimerSpec } from '../core/ir.ts'
import { descriptorOf } from './extension.ts'
import type { Findings } from './findings.ts'
import { timerOf } from './duration.ts'
import { idOf, kindOf, listOf, nameOf, partOf, textOf } from './parts.ts'
import { conditionIn } from './steps.ts'

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

const isSpan = (value: unknown): value is Extract<TimerSpec, { kind: 'after' }>['span'] =>
  typeof value === 'object' && value !== null && 'unit' in value && 'n' in value && typeof value.n === 'number' && typeof value.unit === 'string' && ['minutes', 'hours', 'days', 'workhours', 'workdays'].includes(value.unit)

function timer(element: ModdleElement, definition: ModdleElement, findings: Findings): TimerSpec | null {
  const { after } = descriptorOf(element)
  if (isSpan(after)) return { kind: 'after', span: after }
  for (const kind of ['timeDate', 'timeDuration', 'timeCycle'] as const) {
    const text = textOf(partOf(definition, kind) ?? definition, 'body')
    if (text === null) continue
    const found = timerOf(kind, text)
    if (found === null) findings.add('bad-timer', idOf(element), `“${nameOf(element)}”的时间“${text}”无法识别，请使用日期、字段名或 ISO 8601 时长（如 P3D、PT2H）`)
    return found
  }
  findings.add('no-time', idOf(element), `“${nameOf(element)}”没有设置时间，只能由人工触发`, 'warning')
  return null
}
