import type { Flow } from '#kit/flow.ts'
import { Access } from '#platform/access/contract.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { Notify } from '#platform/notify/contract.ts'
import { Org } from '#platform/org/contract.ts'
import { Records } from '#platform/records/contract.ts'
import type { RuleRecord } from '#platform/records/contract.ts'
import { Todo, urgencyOf } from '#platform/todo/contract.ts'
import type { TodoItem } from '#platform/todo/contract.ts'
import type { StepResult } from '../core/command.ts'
import type { Ir } from '../core/ir.ts'
import { actorsOf, isLive } from '../core/state.ts'
import type { Actor, Reading, State, Task, WorkflowEvent } from '../core/state.ts'
import { actorKey, principalKey, readingKey } from './keys.ts'
import { nameOf } from './named.ts'
import { businessOf } from './record.ts'
import type { Running } from './run.ts'
import { isBatch } from './task-form.ts'

/** The state of the record that goes with the node a case has just come to, or with what that lies in; undefined when nothing was entered. */
export function stateAfter(states: Flow['states'], { nodes }: Pick<Ir, 'nodes'>, events: readonly WorkflowEvent[], state: State): string | undefined {
  const entered = events.filter(({ kind }) => kind === 'task.opened' || kind === 'task.reopened' || kind === 'wait.started').at(-1)
  if (state.case.status === 'terminated' || state.case.status === 'void') return states[state.case.status]
  if (state.case.status === 'ended') return states[`end:${state.case.outcome ?? 'done'}`] ?? states['end']
  for (let at = entered?.node ?? undefined; at !== undefined; at = nodes[at]?.parent) if (states[at] !== undefined) return states[at]
  return undefined
}

interface Line {
  readonly running: Running
  readonly moduleTitle: string
  readonly sender: string
  /** When nobody acts now: who brought each task here. */
  readonly senders: ReadonlyMap<number, string>
  readonly now: Date
}

const base = ({ running: { record }, moduleTitle, sender }: Line, caseId: string) => ({
  entity: record.entity, recordId: record.id, caseId, title: record.title, moduleTitle, from: sender, urgency: urgencyOf(record.values['urgency']),
})

const instant = (at: number | null, otherwise: Date): Date => (at === null ? otherwise : new Date(at))

function actorLine(line: Line, state: State, actor: Actor): TodoItem | null {
  const task = state.tasks[actor.task]
  const done = actor.status === 'done' || actor.status === 'returned'
  if (task === undefined || (actor.status !== 'open' && !done)) return null
  return {
    ...base(line, state.case.id), from: line.senders.get(task.id) ?? line.sender, id: actorKey(state.case.id, actor.id), personId: actor.who.person, box: done ? 'done' : 'todo', stepName: actor.position === 'consult' ? `${task.name} · 沟通` : task.name,
    at: instant(done ? actor.closedAt : actor.openedAt, line.now), due: actor.due === null ? null : new Date(actor.due), where: null,
    batch: actor.position !== 'consult' && isBatch(line.running.ir, task), revision: actor.revision, agency: actor.onBehalfOf === null ? null : `代 ${actor.onBehalfOf.name}`,
  }
}

/** The line of a principal who may act beside whoever stands in. */
function principalLine(line: Line, state: State, actor: Actor): TodoItem | null {
  const { agency, onBehalfOf, who } = actor
  const own = actorLine(line, state, actor)
  if (typeof agency !== 'object' || !agency.shared || onBehalfOf === null || own?.box !== 'todo') return null
  return { ...own, id: principalKey(state.case.id, actor.id), personId: onBehalfOf.person, agency: `${who.name}可代办` }
}

const readingLine = (line: Line, state: State, reading: Reading): TodoItem => ({
  ...base(line, state.case.id), id: readingKey(state.case.id, reading.id), personId: reading.who.person, box: reading.readAt === null ? 'toread' : 'read',
  stepName: reading.wants === 'opinion' ? '参阅' : '传阅', from: reading.sentBy.name, at: instant(reading.readAt ?? reading.sentAt, line.now), due: null, where: null, batch: false, revision: 0,
})

/** With whom a case is now: 「会签：方宁、何静」. */
export function whereabouts(state: State): string {
  const open = Object.values(state.tasks).filter(({ status }: Task) => status === 'open')
  return open.map((task) => `${task.name}：${actorsOf(state.actors, task.id).filter((actor) => isLive(actor) && actor.status !== 'away' && actor.position !== 'consult').map(nameOf).join('、')}`).join('；')
}

const ENDINGS: Readonly<Record<string, string>> = { ended: '已办结', terminated: '已终止', void: '已作废', suspended: '已挂起' }

const mineLine = (line: Line, state: State): TodoItem => ({
  ...base(line, state.case.id), id: state.case.id, personId: state.case.initiator.person, box: 'mine', stepName: ENDINGS[state.case.status] ?? '办理中', from: '',
  at: new Date(state.case.startedAt), due: null, where: ENDINGS[state.case.status] ?? whereabouts(state), batch: false, revision: state.case.revision,
})

async function publishTodos(ctx: ServerContext, line: Line, { state, changes }: StepResult): Promise<void> {
  const actors = Object.values(changes.actors?.put ?? {})
  const lines = actors.map((actor) => actorLine(line, state, actor))
  const represented = actors.filter(({ agency }) => agency !== undefined)
  const principals = represented.map((actor) => principalLine(line, state, actor))
  const goneBesides = represented.filter((_, index) => principals[index] === null).map(({ id }) => principalKey(state.case.id, id))
  const gone = actors.filter((_, index) => lines[index] === null).map(({ id }) => actorKey(state.case.id, id))
  const readings = Object.values(changes.readings?.put ?? {}).filter(({ held }) => held !== true).map((reading) => readingLine(line, state, reading))
  await ctx.use(Todo).put([...[...lines, ...principals].filter((item) => item !== null), ...readings, mineLine(line, state)])
  await ctx.use(Todo).drop([...gone, ...goneBesides])
}

/** Whoever has a part in a case sees its record from then on, and so does the person it is held for. */
async function showToParticipants(ctx: ServerContext, record: RuleRecord, { changes }: StepResult): Promise<void> {
  const actors = Object.values(changes.actors?.put ?? {})
  const principals = actors.flatMap(({ onBehalfOf }) => onBehalfOf ?? [])
  const people = [...[...actors, ...Object.values(changes.readings?.put ?? {}).filter(({ held }) => held !== true)].map(({ who }) => who), ...principals].map(({ person }) => `p:${person}`)
  if (people.length > 0) await ctx.use(Access).show(record.entity, record.id, record.createdAt, [...new Set(people)])
}

const leaves = ({ kind, data }: WorkflowEvent): readonly unknown[] => (kind === 'actor.represented' || kind === 'actor.tookBack' ? [data['person']] : [])

/** Whoever stood in for somebody and did nothing in the case does not see the record any longer, unless the record itself names her. */
async function hideFromLeavers(ctx: ServerContext, record: RuleRecord, { events, state }: StepResult): Promise<void> {
  const people = [...Object.values(state.actors), ...Object.values(state.readings)].map(({ who }) => who.person)
  const stay = new Set<unknown>([record.createdBy, state.case.initiator.person, ...people, ...Object.values(record.values).flat()])
  const gone = events.flatMap(leaves).filter((person) => typeof person === 'string' && !stay.has(person)).map((person) => `p:${String(person)}`)
  if (gone.length > 0) await ctx.use(Access).hide(record.entity, record.id, [...new Set(gone)])
}

const NOTICES = {
  todo: { kind: 'todo', text: '请办理' }, returned: { kind: 'todo', text: '被退回，请办理' }, reading: { kind: 'reading', text: '请阅' }, urge: { kind: 'urge', text: '催办' },
  remind: { kind: 'urge', text: '即将到期' }, overdue: { kind: 'urge', text: '已经超期' }, escalated: { kind: 'urge', text: '已经超期' }, cancelled: { kind: 'result', text: '已取消，无需办理' },
  answered: { kind: 'result', text: '已答复您的沟通' },
} as const

/** People who are told the same get it in one go. */
async function sendNotices(ctx: ServerContext, record: RuleRecord, { intents, state }: StepResult): Promise<void> {
  const link = `/app/${record.entity}/${record.id}`
  const notices = intents.flatMap((intent) => (intent.kind === 'notify' ? [{ to: intent.to.person, kind: NOTICES[intent.about].kind, text: intent.text ?? NOTICES[intent.about].text }] : []))
  for (const same of Map.groupBy(notices, ({ kind, text }) => `${kind} ${text}`).values()) {
    const { kind, text } = same[0] as (typeof notices)[number]
    await ctx.use(Notify).tell(same.map(({ to }) => to), { kind, title: record.title, text, link })
  }
  if (intents.some(({ kind }) => kind === 'finished')) {
    await ctx.use(Notify).tell([state.case.initiator.person], { kind: 'result', title: record.title, text: ENDINGS[state.case.status] ?? '已办结', link })
  }
}

/** Name and department of who acts; from another organisation the organisation's name says more. */
function senderOf({ actor }: ServerContext, record: RuleRecord): string {
  if (actor === null) return '系统'
  return `${actor.organisationId === record.organisationId ? actor.unitName : actor.organisationName} ${actor.name}`
}

/** When the system acts (a timer, a delegation that begins), a line still says who brought the task here: whoever finished the step before. */
async function sendersOf(ctx: ServerContext, { state, changes }: StepResult): Promise<ReadonlyMap<number, string>> {
  if (ctx.actor !== null) return new Map()
  const tasks = [...new Set(Object.values(changes.actors?.put ?? {}).map(({ task }) => task))].flatMap((id) => state.tasks[id] ?? [])
  const doers = tasks.flatMap(({ id, cause }) => {
    const closer = cause === null ? null : (state.tasks[cause]?.closedBy ?? null)
    const who = closer === null ? undefined : state.actors[closer]?.who
    return who === undefined ? [] : [{ id, who }]
  })
  const units = await ctx.use(Org).names(doers.flatMap(({ who }) => who.unit ?? []))
  return new Map(doers.map(({ id, who }) => [id, `${units[who.unit ?? ''] ?? ''} ${who.name}`.trim()]))
}

/** Lets the rest of the platform follow a step: the record's state, who sees it, everybody's boxes, notices. */
export async function publish(ctx: ServerContext, running: Running, result: StepResult): Promise<void> {
  const { record } = running
  const { module, flow } = businessOf(ctx, record.entity)
  const state = stateAfter({ ...flow.states, ...running.ir.states }, running.ir, result.events, result.state)
  if (state !== undefined && state !== record.state) await ctx.use(Records).set(record.entity, record.id, { state })
  const line: Line = { running, moduleTitle: module.definition.title, sender: senderOf(ctx, record), senders: await sendersOf(ctx, result), now: ctx.now }
  await showToParticipants(ctx, record, result)
  await hideFromLeavers(ctx, record, result)
  await publishTodos(ctx, line, result)
  await sendNotices(ctx, record, result)
}
