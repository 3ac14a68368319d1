/** A module whose flow has every kind of step, for tests and benchmarks of the workflow platform on a real database. */
import { sql } from 'kysely'
import { access } from '#kit/access.ts'
import { entity } from '#kit/entity.ts'
import { choice } from '#kit/fields/choice.ts'
import { date } from '#kit/fields/date.ts'
import { people, person, unit } from '#kit/fields/reference.ts'
import { text } from '#kit/fields/text.ts'
import { approval, call, field, flow, hours, initiator, MAYS, parallel, start, task, waiting, workdays } from '#kit/flow.ts'
import { module } from '#kit/module.ts'
import { area } from '#kit/opinions.ts'
import { entityColumns } from '#platform/records/server/columns.ts'
import type { LoadedModule } from '#platform/registry/server/registry.ts'
import type { PlatformService } from '#platform/registry/server/service.ts'

const ProofPaper = entity('proof_paper', '试验件', {
  subject: text('事项', { max: 200, required: true }),
  urgency: choice('紧急程度', { normal: '一般', urgent: '加急' }),
  remark: text('内部说明', { max: 200 }),
  advice: text('拟办意见', { max: 200 }),
  head: person('审核人', { required: true }),
  signers: people('会签人', { required: true }),
  side: person('协办人', { required: true }),
  chain: people('逐级审批人', { required: true }),
  until: date('等待至', { required: true }),
  office: unit('主办部门'),
}, { states: { draft: '草稿', open: '办理中', waiting: '等待中', done: '办结', stopped: '已终止' }, title: '{subject}', opinions: { signers: area('会签意见', { order: 'standing' }), first: area('审核意见'), turn: area('领导审批', { order: 'latest' }) } })

const proofFlow = flow(ProofPaper, {
  apply: start('申请'),
  first: approval('审核', { by: field('head'), due: workdays(1), remind: [hours(2)], form: { edit: ['advice'], area: 'first' } }),
  split: parallel('分送'),
  joint: approval('会签', { by: field('signers'), decide: 'all', form: { hide: ['remark'], area: 'signers', hideAreas: ['signers'] } }),
  side: task('协办', { by: field('side') }),
  join: parallel('汇总'),
  turn: approval('逐级审批', { by: field('chain'), decide: 'in-turn', form: { area: 'turn' } }),
  wait: waiting('等待', { until: 'until' }),
  grant: call('登记', 'proof.grant'),
  last: task('确认', { by: initiator() }),
}, [
  ['apply', 'first'], ['first', 'split'], ['split', 'joint'], ['split', 'side'], ['joint', 'join'], ['side', 'join'], ['join', 'turn'], ['turn', 'wait'],
  ['wait', 'grant'], ['grant', 'last'], ['last', 'end'],
], {
  title: '试验件办理',
  may: MAYS,
  states: { apply: 'draft', first: 'open', wait: 'waiting', last: 'open', end: 'done', terminated: 'stopped', void: 'stopped' },
})

/** Ids of records for which the flow's call was made. */
export const granted: string[] = []

export const proofModule: LoadedModule = {
  definition: module({
    id: 'proof', title: '试验', icon: 'table', group: 'office', order: 1, entities: [ProofPaper], flows: [proofFlow],
    access: access({ view: { everyone: 'own' }, create: { everyone: 'own' } }),
  }),
  server: { effects: { 'proof.grant': async (_ctx, record) => void granted.push(record.id) } },
}

/** Stands before all services, because the records check every table at the start. */
export const proofTable: PlatformService = {
  id: 'proof-table',
  async sync({ db }) {
    const columns = Object.entries(entityColumns(ProofPaper)).map(([name, type]) => `"${name}" ${type}${name === 'id' ? ' primary key' : ''}`)
    await sql.raw(`create table if not exists proof_paper (${columns.join(', ')})`).execute(db)
  },
}
