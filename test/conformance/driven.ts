/** One act of a specification: an event occurs, tokens are to wait at an activity, a gateway is to take these flows. `expect`: compare now. */
export type Part = { readonly act: 'trigger' | 'wait' | 'choose' | 'message'; readonly element: string; readonly flows?: readonly string[]; readonly expect?: string }
export type Driven = { readonly name: string; readonly model: string; readonly parts: readonly Part[]; readonly expected: string | null; readonly out: string | null }

const trigger = (element: string, expect?: string): Part => ({ act: 'trigger', element, ...(expect === undefined ? {} : { expect }) })
const wait = (element: string): Part => ({ act: 'wait', element })
const choose = (element: string, ...flows: readonly string[]): Part => ({ act: 'choose', element, flows })
const message = (element: string): Part => ({ act: 'message', element })
const start = trigger('START')
const startEvent = trigger('StartEvent_1')

type Special = { readonly parts: readonly Part[]; readonly expected?: string | null }

/** How models are driven that need more than their start event. */
const special: Readonly<Record<string, Special | readonly Special[]>> = {
  'exclusive-gateway-fork-join': { parts: [choose('G_A', 'Flow_2'), start] },
  'catch-event': { parts: [trigger('START', 'catch-event-1'), trigger('CATCH')], expected: 'catch-event-2' },
  loop: { parts: [trigger('START', 'loop-0'), trigger('Wait')], expected: 'loop-1' },
  simple: [{ parts: [start] }, { parts: [wait('TASK'), trigger('START', 'simple-0'), trigger('TASK')], expected: 'simple-1' }],
  'event-based-gateway': { parts: [start, trigger('M_CATCH')] },
  'event-based-gateway-same-events': { parts: [start, trigger('WAIT_B')] },
  'token-sink-all': { parts: [start], expected: null },
  'parallel-gateway-join': [
    { parts: [wait('Activity_1'), startEvent, trigger('Timer_1'), trigger('Activity_1')], expected: 'parallel-gateway-join-1' },
    { parts: [wait('Activity_1'), startEvent, trigger('Timer_1'), trigger('Timer_1')], expected: 'parallel-gateway-join-2' },
    { parts: [wait('Activity_1'), startEvent, trigger('Activity_1'), startEvent, trigger('Timer_1')], expected: 'parallel-gateway-join-3' },
  ],
  'inclusive-gateway-sync': { parts: [choose('F_GATE', 'Flow_3', 'Flow_5'), start] },
  'inclusive-gateway-default-flow': { parts: [choose('F_GATE', 'Flow_4'), start] },
  'inclusive-gateway-fork-join': { parts: [choose('INC_FORK', 'Flow_2', 'Flow_3'), choose('INC_FORK_JOIN', 'Flow_4', 'Flow_5'), start] },
  'inclusive-gateway-multiple-starts': { parts: [choose('F_GATE', 'Flow_3', 'Flow_4', 'Flow_5'), wait('PausedActivity'), start, start] },
  'inclusive-gateway-boundary-event': { parts: [choose('F_GATE', 'Flow_3', 'Flow_4', 'Flow_5'), wait('PausedActivity'), start, trigger('TimerEvent')] },
  'inclusive-gateway-multiple-elements': { parts: [choose('F_GATE', 'Flow_3', 'Flow_4', 'Flow_5'), start, trigger('Timer_1'), trigger('Timer_2')] },
  'process-multiple-starts': { parts: [trigger('START_1', 'process-multiple-starts-1'), trigger('START_2')], expected: 'process-multiple-starts-2' },
  'process-implicit-start-no-start-events': { parts: [trigger('TASK')] },
  'process-implicit-start-trigger': { parts: [trigger('MESSAGE_START')] },
  'process-implicit-start-collaboration': { parts: [trigger('START', 'process-implicit-start-collaboration'), trigger('MESSAGE_THROW')], expected: 'process-implicit-start-collaboration-message-trigger' },
  'event-sub-process-interrupting': { parts: [start, trigger('START_SUB')] },
  'event-sub-process-non-interrupting': { parts: [start, trigger('START_SUB')] },
  'boundary-interrupting-sub-process': { parts: [start, trigger('B_RUPTING')] },
  'boundary-non-interrupting-sub-process': { parts: [start, trigger('B_NRUPTING')] },
  'boundary-interrupting-task': { parts: [start, trigger('B_RUPTING')] },
  'boundary-non-interrupting-task': { parts: [start, trigger('B_NRUPTING')] },
  'message-flow-pool-pool': { parts: [message('M_FLOW')] },
  'message-flow-trigger-receive-task': { parts: [start, message('M_FLOW')] },
  'message-flow-trigger-event-based-gateway': { parts: [start, message('M_FLOW')] },
  'message-flow-trigger-event-based-gateway-multiple-events': { parts: [start, message('M_FLOW')] },
  'message-flow-trigger-start-event': { parts: [message('M_FLOW')] },
  'message-flow-trigger-start-multiple-events': { parts: [message('M_FLOW')] },
  'message-flow-trigger-start-multiple-message-events': { parts: [message('M_FLOW')] },
  'message-flow-send-receive': { parts: [start], expected: null },
  'inclusive-gateway-exclusive-gateway': { parts: [choose('ExclusiveGateway', 'Flow_7'), startEvent, trigger('TimerEvent')] },
  'inclusive-gateway-incoming-flow-taken': { parts: [choose('ExclusiveGateway', 'Flow_4'), startEvent, trigger('MessageEvent')] },
  'inclusive-gateway-link-collapsed-subprocess': { parts: [trigger('StartEvent_0'), trigger('TimerEvent')] },
  'inclusive-gateway-link-event': { parts: [startEvent, trigger('TimerEvent')] },
  'inclusive-gateway-link-missing': { parts: [startEvent, trigger('TimerEvent')] },
  'inclusive-gateway-multiple-activation': { parts: [wait('Task_A'), startEvent, trigger('BoundaryMessage'), trigger('BoundaryMessage'), trigger('Task_A')] },
  'inclusive-gateway-multiple-link-events': { parts: [startEvent, trigger('TimerEvent_1'), trigger('TimerEvent_2')] },
  'inclusive-gateway-single-incoming': { parts: [choose('InclusiveGateway', 'Flow_7'), startEvent, trigger('TimerEvent'), trigger('TimerEvent')] },
  'inclusive-gateway-visiting-token': {
    parts: [choose('ExclusiveGateway', 'Flow_2'), choose('InclusiveGateway_Split', 'Flow_3', 'Flow_4'), startEvent, choose('ExclusiveGateway', 'Flow_7'), trigger('TimerEvent_1')],
  },
}

/** Models that begin at `StartEvent_1`. */
const others = /^(?:error|escalation)-catch-all-|^collapsed-(?:sub-process-event-sub-process|event-sub-process|sub-process-link-events)$|^sub-process-empty-continuation$/u

/** Models that are not judged, with the reason. */
const outOfScope: Readonly<Record<string, string>> = {
  'message-event': 'no expected trace comes with it',
  'signal-events': 'no expected trace comes with it',
  'message-flow-send-receive': 'plain tasks send and receive several messages in the order in which the flows are drawn from left to right; BPMN gives no such order',
  'transaction-cancel-from-nested-scope': 'left out by its own specification',
}

/** Every model with what is done to it; a model may be driven in several ways. */
export function driven(models: readonly string[]): readonly Driven[] {
  return models.flatMap((model) => {
    const ways = special[model] ?? { parts: [others.test(model) ? startEvent : start] }
    const list: readonly Special[] = 'parts' in ways ? [ways as Special] : ways
    return list.map((way, index) => ({
      name: list.length === 1 ? model : `${model} (${index + 1})`, model, parts: way.parts, expected: way.expected === undefined ? model : way.expected, out: outOfScope[model] ?? null,
    }))
  })
}
