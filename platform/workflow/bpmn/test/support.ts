import { condition, cycle, element, event, flows, settings, timer, when } from './model.ts'

/** One construct of BPMN with a model that shows it: what is done to it, and the elements that must have been left when the case has ended. */
export type Construct = {
  readonly group: string
  readonly name: string
  /** `no`: told as a finding with this rule. `kept`: has no meaning for a running case. */
  readonly runs: 'yes' | 'kept' | { readonly rule: string }
  readonly note: string
  readonly inside: string
  readonly beside?: string
  readonly start?: string
  readonly acts: readonly string[]
  readonly left: readonly string[]
}

const s = element('startEvent', 's')
const e = element('endEvent', 'e')
const m = '<bpmn:messageEventDefinition messageRef="m" />'
const g = '<bpmn:signalEventDefinition signalRef="g" />'
const err = '<bpmn:errorEventDefinition errorRef="err" />'
const esc = '<bpmn:escalationEventDefinition escalationRef="esc" />'
const undo = '<bpmn:compensateEventDefinition />'
const names = '<bpmn:message id="m" name="信" /><bpmn:signal id="g" name="号" /><bpmn:error id="err" errorCode="E1" /><bpmn:escalation id="esc" escalationCode="X1" />'
const receive = element('receiveTask', 'a', '', 'messageRef="m"')
const boundary = (definition: string, more = ''): string => event('boundaryEvent', 'b', definition, `attachedToRef="a" ${more}`)
const sub = (inside: string, kind = 'subProcess', attributes = ''): string => element(kind, 'a', `${element('startEvent', 'i')}${inside}`, attributes)

type Rest = Partial<Omit<Construct, 'group' | 'name' | 'inside'>>
const yes = (group: string, name: string, inside: string, acts: readonly string[], left: readonly string[], rest: Rest = {}): Construct =>
  ({ group, name, runs: 'yes', note: '', inside, beside: names, acts, left, ...rest })
const no = (group: string, name: string, inside: string, rule: string, note: string): Construct => ({ group, name, runs: { rule }, note, inside, beside: names, acts: [], left: [] })

const line = (node: string): string => `${s}${node}${e}${flows('s>a>e')}`
const caught = (definition: string, more = ''): string => `${s}${receive}${boundary(definition, more)}${e}${element('endEvent', 'f')}${flows('s>a>e', 'b>f')}`
const starts = (definition: string): string => `${event('startEvent', 's', definition)}${e}${flows('s>e')}`

const eventRows: readonly Construct[] = [
  yes('events', 'start event: none', `${s}${e}${flows('s>e')}`, [], ['s', 'e']),
  yes('events', 'start event: message', starts(m), [], ['e'], { note: 'a message that no case takes starts one for its key, once: of a case or of another system (`POST /api/workflow/messages`); our settings `initiator` and `values` say as whom and with what', start: 'message 信' }),
  yes('events', 'start event: signal', starts(g), [], ['e'], { note: 'each signal of a case starts one; `initiator` and `values` likewise', start: 'signal 号' }),
  yes('events', 'start event: timer', starts(timer('PT1H')), [], ['e'], { note: 'the server starts a case at the date, after the duration, or at each time of the cycle (`R/2026-09-01T09:00/P1M`: a month of the calendar; working days by our setting `every`)' }),
  yes('events', 'start event: conditional', starts(condition('x = 1')), [], ['e'], { note: 'started by command' }),
  yes('events', 'intermediate throw: none, message, signal, escalation', `${s}${element('intermediateThrowEvent', 't')}${event('intermediateThrowEvent', 'a', m)}${event('intermediateThrowEvent', 'b', g)}${event('intermediateThrowEvent', 'c', esc)}${e}${flows('s>t>a>b>c>e')}`, [], ['t', 'a', 'b', 'c', 'e']),
  yes('events', 'intermediate throw: compensation', `${s}${element('task', 'a')}${boundary(undo)}${element('task', 'u', '', 'isForCompensation="true"')}<bpmn:association id="as" sourceRef="b" targetRef="u" />${event('intermediateThrowEvent', 't', undo)}${e}${flows('s>a>t>e')}`, [], ['u', 't', 'e'], { note: 'last finished first; also from within by an event sub-process' }),
  yes('events', 'intermediate catch: message', line(event('intermediateCatchEvent', 'a', m)), ['message 信'], ['a', 'e'], { note: 'our setting `key` names the field by whose value a message finds its case; without it one case is woken, the longest running; other systems send it to `POST /api/workflow/messages`' }),
  yes('events', 'intermediate catch: signal', line(event('intermediateCatchEvent', 'a', g)), ['signal 号'], ['a', 'e']),
  yes('events', 'intermediate catch: timer', line(event('intermediateCatchEvent', 'a', timer('PT1H'))), ['advance'], ['a', 'e'], { note: 'date, field, ISO 8601 duration, cycle; working days by our setting `after`' }),
  yes('events', 'intermediate catch: conditional', line(event('intermediateCatchEvent', 'a', condition('x = 1'))), ['set x'], ['a', 'e']),
  yes('events', 'link events', `${s}${event('intermediateThrowEvent', 'a', '<bpmn:linkEventDefinition name="L" />')}${event('intermediateCatchEvent', 'b', '<bpmn:linkEventDefinition name="L" />')}${e}${flows('s>a', 'b>e')}`, [], ['a', 'b', 'e']),
  yes('events', 'end event: message, signal, escalation', `${s}${element('parallelGateway', 'q')}${event('endEvent', 'a', m)}${event('endEvent', 'b', g)}${event('endEvent', 'c', esc)}${flows('s>q>a', 'q>b', 'q>c')}`, [], ['a', 'b', 'c']),
  yes('events', 'end event: error', `${s}${sub(`${event('endEvent', 'x', err)}${flows('i>x')}`)}${boundary(err)}${e}${flows('s>a', 'b>e')}`, [], ['a', 'b', 'e'], { note: 'one that nobody catches ends like a plain end, with a warning before' }),
  yes('events', 'end event: terminate', `${s}${element('parallelGateway', 'q')}${receive}${event('endEvent', 'e', '<bpmn:terminateEventDefinition />')}${flows('s>q>a', 'q>e')}`, [], ['q']),
  yes('events', 'end event: compensation', `${s}${element('task', 'a')}${boundary(undo)}${element('task', 'u', '', 'isForCompensation="true"')}<bpmn:association id="as" sourceRef="b" targetRef="u" />${event('endEvent', 'e', undo)}${flows('s>a>e')}`, [], ['u', 'e']),
  yes('events', 'boundary event: timer', caught(timer('PT1H')), ['advance'], ['b', 'f']),
  yes('events', 'boundary event: timer, not interrupting', caught(cycle('R2/PT1H'), 'cancelActivity="false"'), ['advance', 'advance', 'trigger a'], ['b', 'f', 'a', 'e'], { note: 'a cycle repeats' }),
  yes('events', 'boundary event: message', caught(m.replace('"m"', '"m2"')), ['message 另一信'], ['b', 'f'], { beside: `${names}<bpmn:message id="m2" name="另一信" />` }),
  yes('events', 'boundary event: signal', caught(g), ['signal 号'], ['b', 'f']),
  yes('events', 'boundary event: conditional', caught(condition('x = 1')), ['set x'], ['b', 'f']),
  yes('events', 'boundary event: escalation', `${s}${sub(`${event('intermediateThrowEvent', 'x', esc)}${element('endEvent', 'y')}${flows('i>x>y')}`)}${boundary(esc, 'cancelActivity="false"')}${e}${element('endEvent', 'f')}${flows('s>a>e', 'b>f')}`, [], ['b', 'f', 'a', 'e']),
]

const activityRows: readonly Construct[] = [
  yes('activities', 'user task', `${s}${element('userTask', 'a', settings({ by: { kind: 'initiator' } }))}${e}${flows('s>a>e')}`, [], ['a', 'e'], { note: 'our settings say who, how to decide together, limits, rights, form' }),
  yes('activities', 'task, manual task', `${s}${element('task', 'a')}${element('manualTask', 'b')}${e}${flows('s>a>b>e')}`, [], ['a', 'b', 'e'], { note: 'passed on at once; with our setting `by` a step' }),
  yes('activities', 'service task, business rule task', line(element('serviceTask', 'a', settings({ does: 'x.y' }))), [], ['a', 'e'], { note: 'calls the registered function named in our setting `does`; without one refused; where it refuses, its code is an error the model may catch' }),
  yes('activities', 'send task, receive task', `${s}${element('sendTask', 'b', '', 'messageRef="m"')}${receive}${e}${flows('s>b>a>e')}`, ['message 信'], ['b', 'a', 'e']),
  no('activities', 'script task', line(element('scriptTask', 'a')), 'not-executable', 'scripts are never run'),
  yes('activities', 'call activity', line(element('callActivity', 'a', '', 'calledElement="q"')), [], ['a', 'k', 'e'], { beside: `${names}<bpmn:process id="q">${element('startEvent', 'i')}${element('task', 'k')}${flows('i>k')}</bpmn:process>`, note: 'a process of the same file, pinned with it' }),
  yes('activities', 'sub-process', line(sub(`${element('task', 'k')}${flows('i>k')}`)), [], ['k', 'a', 'e']),
  yes('activities', 'event sub-process', line(`${receive}${element('subProcess', 'v', `${event('startEvent', 'i', g, 'isInterrupting="true"')}${element('task', 'k')}${flows('i>k')}`, 'triggeredByEvent="true"')}`), ['signal 号'], ['k', 'v'], { note: 'interrupting or not; message, timer, signal, conditional, error, escalation, compensation' }),
  yes('activities', 'transaction with cancel', `${s}${sub(`${event('endEvent', 'x', '<bpmn:cancelEventDefinition />')}${flows('i>x')}`, 'transaction')}${boundary('<bpmn:cancelEventDefinition />')}${e}${flows('s>a', 'b>e')}`, [], ['b', 'e']),
  yes('activities', 'ad-hoc sub-process', line(element('adHocSubProcess', 'a', `${element('task', 'k')}${element('task', 'l')}`)), [], ['k', 'l', 'a', 'e'], { note: 'everything without a way in starts at once' }),
  yes('activities', 'multi-instance, parallel and sequential', `${s}${element('task', 'a', '<bpmn:multiInstanceLoopCharacteristics><bpmn:loopCardinality>3</bpmn:loopCardinality></bpmn:multiInstanceLoopCharacteristics>')}${e}${flows('s>a>e')}`, [], ['a', 'a', 'a', 'e'], { note: 'a number or a list field; `loop.item` and `loop.index` inside; a completion condition ends the rest, or our setting `decide`: the outcomes of the runs are voices (会签 by departments, `departments` in a module’s flow); 退回 and people chosen stay in their run' }),
  yes('activities', 'standard loop', line(element('task', 'a', '<bpmn:standardLoopCharacteristics loopMaximum="2"><bpmn:loopCondition>x empty</bpmn:loopCondition></bpmn:standardLoopCharacteristics>')), [], ['a', 'a', 'e'], { note: 'conditions may read `loopCounter`, of multi-instance `numberOfInstances`, `numberOfCompletedInstances`, `numberOfActiveInstances`' }),
]

const gatewayRows: readonly Construct[] = [
  yes('gateways', 'exclusive', `${s}${element('exclusiveGateway', 'a', '', 'default="a-f"')}${e}${element('endEvent', 'f')}${flows('s>a>f')}${when('a', 'e', 'x = 9')}`, [], ['a', 'f']),
  yes('gateways', 'parallel', `${s}${element('parallelGateway', 'a')}${element('task', 'k')}${element('task', 'l')}${element('parallelGateway', 'j')}${e}${flows('s>a>k>j>e', 'a>l>j')}`, [], ['k', 'l', 'j', 'e']),
  yes('gateways', 'inclusive', `${s}${element('inclusiveGateway', 'a')}${element('task', 'k')}${element('task', 'l')}${element('inclusiveGateway', 'j')}${e}${flows('s>a>k>j>e', 'l>j')}${when('a', 'l', 'x = 9')}`, [], ['k', 'j', 'e'], { note: 'waits for tokens that can still come (BPMN 2.0, 13.4.3)' }),
  yes('gateways', 'event-based', `${s}${element('eventBasedGateway', 'a')}${event('intermediateCatchEvent', 'k', m)}${event('intermediateCatchEvent', 'l', timer('PT1H'))}${e}${flows('s>a>k>e', 'a>l>e')}`, ['advance'], ['l', 'e']),
  no('gateways', 'complex', line(element('complexGateway', 'a')), 'not-executable', 'to be drawn with the other gateways'),
  yes('gateways', 'several or conditional flows out of an activity', `${s}${element('task', 'a')}${e}${element('endEvent', 'f')}${flows('s>a>e', 'a>f')}`, [], ['a', 'e', 'f'], { note: 'all of them, or with conditions those that hold' }),
]

const kept = (name: string, inside: string): Construct => ({ group: 'other', name, runs: 'kept', note: 'kept as it is', inside: `${s}${e}${flows('s>e')}${inside}`, beside: names, acts: [], left: ['e'] })

/** Everything the support matrix lists. */
export const constructs: readonly Construct[] = [
  ...eventRows, ...activityRows, ...gatewayRows,
  kept('lanes', '<bpmn:laneSet id="ls"><bpmn:lane id="ln"><bpmn:flowNodeRef>s</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet>'),
  kept('data objects and stores', '<bpmn:dataObject id="d" /><bpmn:dataObjectReference id="dr" dataObjectRef="d" />'),
  kept('text annotations, groups', '<bpmn:textAnnotation id="ta"><bpmn:text>注</bpmn:text></bpmn:textAnnotation>'),
  kept('extensions of other tools', '<bpmn:extensionElements><other:thing xmlns:other="urn:other" a="1" /></bpmn:extensionElements>'),
]
