import type { TimelineWire } from '#kit/wire/task.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import type { Ir } from '../core/ir.ts'
import type { PreviewStep } from '../core/preview.ts'
import type { Actor, State, Task, WorkflowEvent } from '../core/state.ts'
import { actorsOf } from '../core/state.ts'
import { forecastOf } from './foresee.ts'
import { withUnits } from './people.ts'
import { areasIn } from './opinions.ts'
import { recordOf } from './record.ts'
import { areasHidden } from './rights.ts'
import { signatureOf, signingsOf } from './signatures/read.ts'
import { irOfCase, readCase, readEvents } from './store.ts'
import { formOf, ownLabel } from './task-form.ts'

type Entry = TimelineWire['entries'][number]
type Units = ReadonlyMap<string, string>
type Signings = Awaited<ReturnType<typeof signingsOf>>
type Line = Entry['people'][number]

interface Way {
  readonly ir: Ir
  readonly state: State
  readonly units: Units
  readonly signings: Signings
  /** Areas the person who looks may not read. */
  readonly hidden: ReadonlySet<string>
}

const iso = (instant: number | null): string | null => (instant === null ? null : new Date(instant).toISOString())

const STATES = { open: 'now', completed: 'done', returned: 'returned', withdrawn: 'returned', cancelled: 'cancelled' } as const
const OUTCOMES: Readonly<Record<string, string>> = { approve: '同意', reject: '不同意', next: '已办', answer: '已答复', abstain: '弃权', return: '退回' }
const PARTS: Readonly<Record<string, string>> = { waiting: '待前序办理', away: '待对方办完', standby: '他人已签收', removed: '已减签', 'handed-over': '已转办', skipped: '未及办理' }

const SPOKE: ReadonlySet<Actor['status']> = new Set(['done', 'returned'])

/** What was taken back (撤回) bears no signature any more. */
const personLine = (units: Units, signings: Signings, label: (outcome: string) => string | null, { id, who, onBehalfOf, evidence, status, outcome, opinion, closedAt }: Actor): Line => ({
  name: who.name, unitName: units.get(who.person) ?? '', onBehalfOf: onBehalfOf?.name ?? null,
  outcome: outcome === null ? (PARTS[status] ?? null) : (label(outcome) ?? OUTCOMES[outcome] ?? outcome), opinion, at: SPOKE.has(status) ? iso(closedAt) : null, why: evidence,
  signature: SPOKE.has(status) ? signatureOf(signings, id) : null,
})

/** Whoever may not read the area a step speaks in sees only who is done. */
const veiled = (line: Line): Line => ({ ...line, opinion: null, signature: null, outcome: line.at === null ? line.outcome : '已办' })

function taskEntry({ ir, state, units, signings, hidden }: Way, task: Task): Entry {
  const veil = hidden.has(formOf(ir, task).area ?? '') ? veiled : (line: Line): Line => line
  return {
    id: `t${task.id}`, node: task.node, step: task.name, state: STATES[task.status], at: iso(task.closedAt ?? task.openedAt), due: iso(task.due),
    note: task.status === 'returned' ? '已退回' : task.status === 'withdrawn' ? '已撤回' : null,
    people: actorsOf(state.actors, task.id).filter(({ status, position }) => status !== 'cancelled' && position !== 'consult').map((actor) => veil(personLine(units, signings, (outcome) => ownLabel(ir, task, outcome), actor))),
  }
}

const nextEntry = (step: PreviewStep, units: Units, index: number): Entry => ({
  id: `n${index}`, node: step.node, step: step.name, state: 'next', at: null, due: iso(step.due), note: null,
  people: step.who.map(({ who, onBehalfOf, evidence }) => ({ name: who.name, unitName: units.get(who.person) ?? '', onBehalfOf: onBehalfOf?.name ?? null, outcome: null, opinion: null, at: null, why: evidence, signature: null })),
})

/** What was written to an act; an end from outside keeps its reason as the outcome. */
function noteOf(kind: string, data: Readonly<Record<string, unknown>>): string | null {
  const named = kind === 'step.added' || kind === 'step.skipped' ? `“${String(data['name'])}”${typeof data['reason'] === 'string' ? `：${data['reason']}` : ''}` : null
  const written = named ?? data['question'] ?? (kind === 'actor.done' ? data['opinion'] : undefined) ?? data['note'] ?? data['reason'] ?? (kind === 'case.terminated' || kind === 'case.voided' ? data['outcome'] : null)
  return typeof written === 'string' ? written : null
}

/** Urging, copying and the end: worth a line, but nobody's step. */
async function noteEntries(ctx: ServerContext, caseId: string): Promise<Entry[]> {
  const words: Readonly<Record<string, string>> = { urged: '催办', 'task.escalated': '超期升级', 'case.ended': '办结', 'case.terminated': '终止', 'case.voided': '作废', 'case.suspended': '挂起', 'case.resumed': '恢复', jumped: '调整环节', migrated: '迁移到新版本', rolledBack: '回滚', 'case.reopened': '唤醒', 'case.revoked': '撤销', 'actor.consulted': '沟通', 'step.added': '增加环节', 'step.skipped': '跳过环节' }
  const wordOf = ({ kind, data }: WorkflowEvent): string | undefined => (kind === 'actor.done' && data['outcome'] === 'answer' ? '答复沟通' : words[kind])
  const found = (await readEvents(ctx, caseId)).flatMap((event) => {
    const step = wordOf(event)
    return step === undefined ? [] : [{ ...event, step }]
  })
  return found.map(({ seq, node, kind, at, by, data, step }) => ({
    id: `e${seq}`, node: node ?? '', step, state: 'note' as const, at: iso(at), due: null, note: noteOf(kind, data),
    people: by === null ? [] : [{ name: by.name, unitName: '', onBehalfOf: null, outcome: null, opinion: null, at: null, why: '', signature: null }],
  }))
}

/** What was done, is being done, and will follow if everything passes, oldest first. The caller has checked who may see the record. */
export async function timelineOf(ctx: ServerContext, caseId: string): Promise<TimelineWire> {
  const stored = (await readCase(ctx, caseId)) ?? ctx.fail('workflow.task.unknown')
  const { state } = stored
  const ir = await irOfCase(ctx, state.case)
  const next = (await forecastOf(ctx, stored)).flat()
  const units = await withUnits(ctx, [...Object.values(state.actors).map(({ who }) => who), ...next.flatMap(({ who }) => who.map((one) => one.who))], await recordOf(ctx, stored.entity, stored.recordId))
  const signings = await signingsOf(ctx, caseId)
  const hidden = await areasHidden(ctx, caseId)
  const tasks = Object.values(state.tasks).map((task) => taskEntry({ ir, state, units, signings, hidden }, task))
  const past = [...tasks, ...(await noteEntries(ctx, caseId))].toSorted((a, b) => Number(a.state === 'now') - Number(b.state === 'now') || (a.at ?? '').localeCompare(b.at ?? ''))
  return { areas: await areasIn(ctx, { stored, ir, signings, units, hidden }), entries: [...past, ...next.map((step, index) => nextEntry(step, units, index))] }
}
