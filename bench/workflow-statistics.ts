/**
 * The statistics page of 流程运行 over 1,000,000 finished steps of three years: what it asks for a quarter, a year and all of it, by one organisation
 * and by the district. `npm run bench:workflow-statistics -- 1000000`.
 */
import { sql } from 'kysely'
import { services } from '#apps/services.ts'
import type { Runtime } from '#platform/registry/server/runtime.ts'
import { keepMonths } from '#platform/workflow/server/statistics/months.ts'
import { statisticsOf } from '#platform/workflow/server/statistics/statistics.ts'
import type { StatisticsQuery } from '#platform/workflow/server/statistics/statistics.ts'
import { testRuntime } from '#test/runtime.ts'
import { hammer, percentiles, report } from './harness.ts'

const STEPS = Number(process.argv[2] ?? 1_000_000)
const ROUNDS = 20
const ORGANISATIONS = 70
const NOW = new Date('2026-11-25T02:00:00Z')
const ORGANISATION = '00000000-0000-4000-8000-000000000001'
const uuid = (n: string) => sql`('00000000-0000-4000-8000-' || lpad((${sql.raw(n)})::text, 12, '0'))::uuid`

/** Five steps a case, ten units an organisation, 24 kinds of steps in six flows; a third of all is the first organisation's. */
async function fill({ db }: Runtime): Promise<void> {
  await sql`insert into workflow_definition (hash, entity, ir) values ('bench', 'flow0', '{}')`.execute(db)
  await sql`
    insert into workflow_case (id, entity, record_id, ir, status, initiator_id, started_at, ended_at, data, organisation_id, unit_id)
    select md5('c' || n)::uuid, 'flow' || n % 6, md5('r' || n)::uuid, 'bench', 'ended', md5('p' || n % 10000)::uuid, at - interval '5 days', at, '{}', ${uuid('o')}, ${uuid('1000 + o * 10 + n % 10')}
    from (select n, case when n % 3 = 0 then 1 else n % ${sql.lit(ORGANISATIONS)} end as o, timestamptz ${sql.lit(NOW.toISOString())} - n * interval '1095 days' / ${sql.lit(STEPS / 5)} as at from generate_series(1, ${sql.lit(STEPS / 5)}) n) x`.execute(db)
  await sql`
    insert into workflow_step (case_id, task_id, entity, node, name, organisation_id, unit_id, status, closed_at, hours, late)
    select c.id, t, c.entity, 'step' || t, '环节' || t, c.organisation_id, c.unit_id, case when abs(hashtext(c.id::text)) % 17 = 0 and t = 2 then 'returned' else 'completed' end,
      c.ended_at - (5 - t) * interval '8 hours', exp(random() * 6 - 1), random() < 0.07
    from workflow_case c, generate_series(1, 5) t where c.ir = 'bench'`.execute(db)
  await sql`vacuum analyze workflow_step, workflow_case`.execute(db)
}

const query = (days: number): StatisticsQuery => ({ from: new Date(NOW.getTime() - days * 86_400_000), to: NOW })
const periods: Readonly<Record<string, StatisticsQuery>> = {
  '90 days': query(90), 'a year': query(365), 'three years': query(1095), 'a year, one flow': { ...query(365), entity: 'flow1' }, 'a year, one unit': { ...query(365), unit: '00000000-0000-4000-8000-000000001013' },
}

const server = await testRuntime({ services: [...services], clock: () => NOW })
await fill(server.runtime)
const begin = performance.now()
await server.runtime.command(null, (ctx) => keepMonths(ctx))
const kept = Math.round(performance.now() - begin)
await sql`vacuum analyze workflow_step_month`.execute(server.runtime.db)
const rows: object[] = []
for (const [who, organisation] of [['one organisation (a third of all)', ORGANISATION], ['the district', null]] as const) {
  for (const [period, asked] of Object.entries(periods)) {
    const run = async (): Promise<void> => void (await server.runtime.query(null, (ctx) => statisticsOf(ctx, organisation, asked)))
    await run()
    const { times } = await hammer(ROUNDS, 1, run)
    const { p50, p95 } = percentiles(times)
    rows.push({ who, period, p50, p95 })
  }
}
report('workflow-statistics', rows, { steps: STEPS, 'months counted, ms': kept })
await server.close()
process.exit(0)
