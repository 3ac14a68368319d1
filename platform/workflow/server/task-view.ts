import type { OperationWire, TaskWire } from '#kit/wire/task.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import type { RuleRecord } from '#platform/records/contract.ts'
import { actorOf } from '#platform/registry/server/module-server.ts'
import { allowed } from '../core/allowed.ts'
import type { Allowed, ReturnChoice } from '../core/allowed.ts'
import type { Who } from '../core/context.ts'
import { isSharedPrincipal } from '../core/assign.ts'
import { chosenAfter } from '../core/choosing.ts'
import { isHuman } from '../core/ir.ts'
import type { Ir } from '../core/ir.ts'
import type { Actor, Task } from '../core/state.ts'
import { actorsOf } from '../core/state.ts'
import { parseKey } from './keys.ts'
import { areasOf } from './opinions.ts'
import { withUnits } from './people.ts'
import { recordOf } from './record.ts'
import { withCore } from './run.ts'
import { readCase, irOfCase } from './store.ts'
import type { StoredCase } from './store.ts'
import { formOf, ownLabel, writesOf } from './task-form.ts'

type Operation = OperationWire

const plain = (id: Operation['id'], label: string, more: Partial<Operation> = {}): Operation => ({ id, label, likely: false, opinion: 'optional', people: 'none', ...more })

const NAMES: Readonly<Record<string, string>> = { approve: '同意', reject: '不同意', next: '提交', abstain: '弃权', answer: '答复' }

const outcomeLabel = (ir: Ir, task: Task, outcome: string): string => ownLabel(ir, task, outcome) ?? NAMES[outcome] ?? outcome

function completes(ir: Ir, task: Task, outcomes: readonly string[]): Operation[] {
  return outcomes.map((outcome, index) => {
    const chooses = chosenAfter(ir, task.node, outcome).length > 0
    return plain('complete', outcomeLabel(ir, task, outcome), {
      outcome, likely: index === 0 || chooses, opinion: outcome === 'reject' || outcome === 'answer' ? 'required' : 'optional', people: chooses ? 'several' : 'none',
    })
  })
}

const namesOf = (people: readonly Who[]): string => [...new Set(people.map(({ name }) => name))].join('、')

/** What a 退回 to a step, done again from there, means for others, in words. */
export function cancelsText(ir: Ir, { cancels, region, coSigners, cancelsOpen, cancelsDone, again: between }: ReturnChoice): string {
  const open = cancelsOpen.map(({ name, who }) => `${name}（${namesOf(who)}）`).join('、')
  const again = [...new Set([...between, ...cancelsDone.map(({ name }) => name)])].join('、')
  const [waiting, signed] = [namesOf(coSigners.open), namesOf(coSigners.done)]
  const parts = [
    open !== '' && `取消正在办理的${open}`, again !== '' && `已办的${again}需重新办理`, waiting !== '' && `本环节${waiting}的待办取消`, signed !== '' && `本环节${signed}已签的意见作废，重新办理`,
  ].filter((part) => part !== false)
  const costs = parts.length > 0 ? `：${parts.join('；')}` : ''
  if (cancels === 'parallel') return `整个并行环节一并退回${costs}`
  if (cancels === 'sub') return `退出“${ir.nodes[region ?? '']?.name ?? ''}”，其中的办理一并退回${costs}`
  if (cancels === 'branch') return `仅本分支重办，其他分支不受影响${costs}`
  return costs === '' ? '由该环节人员重新办理，不影响其他人' : `本环节重新办理${costs}`
}

/** What it means for others when the work comes straight back. */
export const BACK_TEXT = '对方办完后直接回到您处，已有的办理结果保留，其他人照常办理'

function returns(ir: Ir, choices: readonly ReturnChoice[]): Operation[] {
  if (choices.length === 0) return []
  const targets = choices.toSorted((a, b) => Number(b.previous) - Number(a.previous)).map((choice) => ({
    node: choice.node, name: ir.nodes[choice.node]?.name ?? choice.name, people: choice.who.map(({ name }) => name).join('、'), cancels: cancelsText(ir, choice), back: BACK_TEXT,
  }))
  return [plain('return', '退回', { likely: true, opinion: 'required', targets })]
}

const MAY: Readonly<Record<string, () => Operation[]>> = {
  'hand-over': () => [plain('hand-over', '转办', { people: 'one', warns: '转办后由对方办理，您不再办理本环节' })],
  delegate: () => [plain('delegate', '委派', { people: 'one', warns: '对方办理后将回到您处' })],
  add: () => [
    plain('add-before', '前加签', { people: 'several', warns: '所选人员先办理，之后回到您处' }),
    plain('add-after', '后加签', { people: 'several', warns: '您办理后再由所选人员办理' }),
    plain('add-beside', '并加签', { people: 'several', warns: '所选人员与您同时办理' }),
  ],
  remove: () => [plain('remove-signer', '减签', { people: 'one', warns: '所选人员不再办理本环节' })],
  consult: () => [plain('consult', '沟通', { people: 'several', opinion: 'required', warns: '请写明问题。流程不移动，对方的答复记入办理过程，您可随时继续办理' })],
  free: () => [plain('add-step', '增加环节', { people: 'several', asks: '环节名称', warns: '仅对本件有效：您办理后先由所选人员办理新增环节，再按原流程继续' })],
  copy: () => [
    plain('copy', '传阅', { people: 'several' }),
    plain('circulate', '顺序传阅', { people: 'several', warns: '按所选顺序逐个送阅：前一人已阅后，再送下一人' }),
    plain('refer', '参阅', { people: 'several', warns: '对方须填写意见，意见返回给您；流程不移动' }),
  ],
  urge: () => [plain('urge', '催办')],
  withdraw: () => [plain('withdraw', '撤回', { likely: true, warns: '撤回后可修改并重新提交' })],
  claim: () => [plain('claim', '签收办理', { opinion: 'none' })],
  release: () => [plain('release', '退签', { opinion: 'none' })],
}

/** 自由流: steps that this one case may do without. */
function skips(ir: Ir, nodes: readonly string[]): Operation[] {
  const targets = nodes.map((node) => ({ node, name: ir.nodes[node]?.name ?? node, people: '', cancels: '本件不再办理此环节，其余环节不变', back: '' }))
  return targets.length === 0 ? [] : [plain('skip-step', '跳过环节', { opinion: 'required', targets })]
}

/** Everything that may be done, the likely acts first. */
function operationsOf(ir: Ir, task: Task, { operations, outcomes, returns: choices, skippable }: Allowed): Operation[] {
  const others = operations.flatMap((operation) => MAY[operation]?.() ?? [])
  return [...completes(ir, task, outcomes), ...returns(ir, choices), ...others, ...skips(ir, skippable)]
}

const iso = (instant: number | null): string | null => (instant === null ? null : new Date(instant).toISOString())

const STATE = { open: 'open', completed: 'done', returned: 'cancelled', withdrawn: 'cancelled', cancelled: 'cancelled' } as const

async function holdersOf(ctx: ServerContext, actors: readonly Actor[], record: RuleRecord): Promise<TaskWire['holders']> {
  const units = await withUnits(ctx, actors.map(({ who }) => who), record)
  return actors.map(({ who, onBehalfOf }) => ({ postId: who.post ?? who.person, name: who.name, unitName: units.get(who.person) ?? '', onBehalfOf: onBehalfOf?.name ?? null }))
}

function fieldRights(ctx: ServerContext, ir: Ir, { state, entity }: StoredCase, task: Task, actor: Actor): Pick<TaskWire, 'writes' | 'requires'> {
  const node = ir.nodes[task.node]
  const form = formOf(ir, task)
  const open = actor.status === 'open' && actor.position !== 'consult' && state.case.status === 'running' && node !== undefined && isHuman(node)
  return { writes: open ? [...writesOf(ctx, entity, ir, task)] : [], requires: open ? [...(form.require ?? [])] : [] }
}

/** One's part in a task and what may be done with it now; 404 for parts of others. */
export async function taskView(ctx: ServerContext, key: string): Promise<TaskWire> {
  const { caseId, id } = parseKey(ctx, key)
  const stored = (await readCase(ctx, caseId)) ?? ctx.fail('workflow.task.unknown')
  const { state } = stored
  const actor = state.actors[id] ?? ctx.fail('workflow.task.unknown')
  const { personId: person } = actorOf(ctx)
  const beside = isSharedPrincipal(actor, { person })
  if (actor.who.person !== person && !beside) ctx.fail('workflow.task.unknown')
  const task = state.tasks[actor.task] ?? ctx.fail('workflow.task.unknown')
  const ir = await irOfCase(ctx, state.case)
  const record = await recordOf(ctx, stored.entity, stored.recordId)
  const may = await withCore(ctx, record, (context) => allowed(ir, state, id, (beside ? actor.onBehalfOf : null) ?? actor.who, context))
  return {
    id: key, caseId, node: task.node, name: task.name, entity: stored.entity, recordId: stored.recordId, revision: actor.revision, state: STATE[task.status],
    holders: await holdersOf(ctx, actorsOf(state.actors, task.id).filter(({ status, position }) => status === 'open' && position !== 'consult'), record),
    why: actor.evidence, since: iso(actor.openedAt ?? task.openedAt) ?? '', due: iso(actor.due), ...fieldRights(ctx, ir, stored, task, actor),
    area: areasOf(ctx, stored.entity)[formOf(ir, task).area ?? '']?.label ?? null, operations: operationsOf(ir, task, may),
  }
}
