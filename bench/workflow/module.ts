/** What the benchmark of the workflow works on: a paper that five people approve one after the other, and one that many sign together. */
import { sql } from 'kysely'
import { access } from '#kit/access.ts'
import type { Entity } from '#kit/entity.ts'
import { entity } from '#kit/entity.ts'
import { people, person } from '#kit/fields/reference.ts'
import { text } from '#kit/fields/text.ts'
import { approval, field, flow, start, workdays } from '#kit/flow.ts'
import { module } from '#kit/module.ts'
import { entityColumns } from '#platform/records/server/columns.ts'
import type { LoadedModule } from '#platform/registry/server/registry.ts'
import type { PlatformService } from '#platform/registry/server/service.ts'

const states = { draft: '草稿', open: '办理中', done: '办结' }

const BenchPaper = entity('bench_paper', '压测件', {
  subject: text('事项', { max: 200, required: true }),
  one: person('一', { required: true }), two: person('二', { required: true }), three: person('三', { required: true }), four: person('四', { required: true }),
  five: person('五', { required: true }),
}, { states, title: '{subject}' })

const BenchCrowd = entity('bench_crowd', '众人件', { subject: text('事项', { max: 200, required: true }), crowd: people('会签人', { required: true }) }, { states, title: '{subject}' })

export const STEPS = ['one', 'two', 'three', 'four', 'five'] as const
const stepOf = (name: (typeof STEPS)[number]) => approval(`审核${name}`, { by: field(name), due: workdays(3) })

export const paperFlow = flow(BenchPaper, {
  apply: start('申请'), one: stepOf('one'), two: stepOf('two'), three: stepOf('three'), four: stepOf('four'), five: stepOf('five'),
}, [['apply', 'one'], ['one', 'two'], ['two', 'three'], ['three', 'four'], ['four', 'five'], ['five', 'end']], {
  may: ['return', 'withdraw'], states: { apply: 'draft', one: 'open', end: 'done' },
})

const crowdFlow = flow(BenchCrowd, { apply: start('申请'), joint: approval('会签', { by: field('crowd'), decide: 'all', due: workdays(3) }) }, [['apply', 'joint'], ['joint', 'end']], {
  states: { apply: 'draft', joint: 'open', end: 'done' },
})

export const benchModule: LoadedModule = {
  definition: module({
    id: 'bench', title: '压测', icon: 'table', group: 'office', order: 1, entities: [BenchPaper, BenchCrowd], flows: [paperFlow, crowdFlow],
    access: access({ view: { everyone: 'own' }, create: { everyone: 'own' } }),
  }),
  server: {},
}

const tableOf = (one: Entity): string =>
  `create table if not exists ${one.name} (${Object.entries(entityColumns(one)).map(([name, type]) => `"${name}" ${type}${name === 'id' ? ' primary key' : ''}`).join(', ')})`

export const benchTables: PlatformService = {
  id: 'bench-tables',
  async sync({ db }) {
    for (const one of [BenchPaper, BenchCrowd]) await sql.raw(tableOf(one)).execute(db)
  },
}
