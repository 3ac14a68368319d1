/** A module with a field of most kinds and no flow, for tests and benchmarks of what works on any module. */
import { sql } from 'kysely'
import { access } from '#kit/access.ts'
import { entity } from '#kit/entity.ts'
import { choice } from '#kit/fields/choice.ts'
import { date } from '#kit/fields/date.ts'
import { dictionary } from '#kit/fields/dictionary.ts'
import { number } from '#kit/fields/number.ts'
import { period } from '#kit/fields/period.ts'
import { person, units } from '#kit/fields/reference.ts'
import { text } from '#kit/fields/text.ts'
import { yesNo } from '#kit/fields/yes-no.ts'
import { module } from '#kit/module.ts'
import type { Database } from '#platform/db/server/database.ts'
import { entityColumns } from '#platform/records/server/columns.ts'
import type { LoadedModule } from '#platform/registry/server/registry.ts'

const SampleRecord = entity('sample_record', '样例', {
  subject: text('事项', { max: 200, required: true }),
  kind: dictionary('类别', 'sample.kind', { required: true }),
  level: choice('等级', { low: '一般', high: '重要' }),
  amount: number('金额', { min: 0, max: 100 }),
  day: date('日期'),
  away: period('起止', { step: 'half-day' }),
  urgent: yesNo('加急'),
  handler: person('经办人'),
  concerned: units('涉及单位'),
}, { states: { draft: '草稿', open: '办理中', done: '办结' }, title: '{subject}' })

export const sampleModule: LoadedModule = {
  definition: module({
    id: 'sample', title: '样例', icon: 'table', group: 'office', order: 1, entities: [SampleRecord],
    dictionaries: [{ name: 'sample.kind', label: '样例类别', entries: [{ code: 'a', label: '甲类' }, { code: 'b', label: '乙类' }] }],
    access: access({ view: { everyone: 'own', clerk: 'unit', 'department-head': 'unit-and-below', 'office-head': 'organisation', leader: 'district' }, create: { everyone: 'own' } }),
  }),
  server: {},
}

/** Makes the table, as a module's migration would. */
export async function createSampleTable(db: Database): Promise<void> {
  const columns = Object.entries(entityColumns(SampleRecord)).map(([name, type]) => `"${name}" ${type}${name === 'id' ? ' primary key' : ''}`)
  await sql.raw(`create table sample_record (${columns.join(', ')})`).execute(db)
  await sql.raw('create index sample_record_state on sample_record (state, created_at, id)').execute(db)
}
