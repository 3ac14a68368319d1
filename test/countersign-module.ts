/** A module whose papers are countersigned by departments, each in a branch of its own, for tests of the workflow platform on a real database. */
import { sql } from 'kysely'
import { access } from '#kit/access.ts'
import { entity } from '#kit/entity.ts'
import { units } from '#kit/fields/reference.ts'
import { text } from '#kit/fields/text.ts'
import { approval, DEPARTMENT, departments, flow, initiator, rule, start, task, workdays } from '#kit/flow.ts'
import { module } from '#kit/module.ts'
import { area } from '#kit/opinions.ts'
import { views } from '#kit/views.ts'
import { entityColumns } from '#platform/records/server/columns.ts'
import type { LoadedModule } from '#platform/registry/server/registry.ts'
import type { PlatformService } from '#platform/registry/server/service.ts'

const CountersignPaper = entity('countersign_paper', '会签件', {
  subject: text('事项', { max: 200, required: true }), offices: units('会签单位', { required: true }),
}, { states: { draft: '草稿', asking: '会签中', signing: '签发中', done: '办结' }, title: '{subject}', opinions: { offices: area('会签意见'), sign: area('签发意见') } })

const countersignFlow = flow(CountersignPaper, {
  apply: start('起草'),
  ask: departments('部门会签', {
    of: 'offices', decide: 'all',
    receive: { by: rule('org.liaison', { of: DEPARTMENT }), due: workdays(1) },
    assign: { due: workdays(2) },
    sign: { by: rule('org.chief', { of: DEPARTMENT }), form: { area: 'offices' } },
  }),
  amend: task('修改', { by: initiator() }),
  sign: approval('签发', { by: rule('org.chief'), form: { area: 'sign' } }),
}, [['apply', 'ask'], ['ask', 'sign'], ['ask', 'amend', { on: 'reject', label: '有部门不同意' }], ['amend', 'ask'], ['sign', 'end']], {
  title: '会签件办理', may: ['return', 'withdraw', 'hand-over', 'copy', 'urge', 'reopen'], states: { apply: 'draft', ask: 'asking', amend: 'draft', sign: 'signing', end: 'done' },
})

const countersignViews = views(CountersignPaper, {
  list: { columns: ['subject', 'offices', 'state'], filter: ['state'], sort: '-createdAt' }, form: [['subject'], ['offices']], phone: { title: 'subject', lines: ['offices'], badge: 'state' },
})

export const countersignModule: LoadedModule = {
  definition: module({
    id: 'countersign', title: '会签', icon: 'table', group: 'office', order: 2, entities: [CountersignPaper], views: [countersignViews], flows: [countersignFlow],
    access: access({ view: { everyone: 'own' }, create: { everyone: 'own' } }),
  }),
  server: {},
}

/** Stands before all services, because the records check every table at the start. */
export const countersignTable: PlatformService = {
  id: 'countersign-table',
  async sync({ db }) {
    const columns = Object.entries(entityColumns(CountersignPaper)).map(([name, type]) => `"${name}" ${type}${name === 'id' ? ' primary key' : ''}`)
    await sql.raw(`create table if not exists countersign_paper (${columns.join(', ')})`).execute(db)
  },
}
