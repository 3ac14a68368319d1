/** Lists by visibility on 1,000,000 records: pages for scopes that see all, little, or only old rows; the same with filters. */
import { sql } from 'kysely'
import { pino } from 'pino'
import { decodeCursor } from '#platform/db/server/keyset.ts'
import { openDatabase } from '#platform/db/server/database.ts'
import type { Database } from '#platform/db/server/database.ts'
import { fail } from '#kit/failure.ts'
import { scopedCount, scopedList } from '#platform/access/server/scoped.ts'
import type { ScopedQuery } from '#platform/access/server/scoped.ts'
import { testDatabase } from '#test/database.ts'
import { percentiles, report } from './harness.ts'

const RECORDS = Number(process.argv[2] ?? 1_000_000)
const ORGANISATIONS = 70
const UNITS = 10
const PEOPLE = 10_000
const ROUNDS = 30

/** The last organisation was closed years ago: it only has the oldest twentieth of its share. */
async function fill(db: Database): Promise<void> {
  await sql`create table bench_record (id uuid primary key, n integer not null, org integer not null, unit integer not null, person integer not null, state text not null, created_at timestamptz(3) not null)`.execute(db)
  await sql`
    insert into bench_record
    select md5('r' || n)::uuid, n, o, (n / 70) % ${sql.lit(UNITS)}, ((n::bigint * 7919) % ${sql.lit(PEOPLE)})::integer,
      case when n % 1000 = 0 then 'rare' when n % 3 = 0 then 'open' else 'done' end, timestamptz '2020-01-01' + n * interval '3 minutes'
    from generate_series(1, ${sql.lit(RECORDS)}) n, lateral (
      select case when n % ${sql.lit(ORGANISATIONS)} = 0 and n > ${sql.lit(RECORDS / 20)} then 1 else n % ${sql.lit(ORGANISATIONS)} end as o) x`.execute(db)
  for (const principal of ["'p:' || person", "'u:' || org || '-' || unit", "'b:' || org || '-' || unit", "'b:' || org", "'b:root'", "'o:' || org"]) {
    await sql`insert into access_visibility select 'bench_record', ${sql.raw(principal)}, created_at, id from bench_record`.execute(db)
  }
  await sql`create index bench_record_state on bench_record (state, created_at, id)`.execute(db)
  await sql`vacuum analyze`.execute(db)
}

interface Measured {
  readonly name: string
  readonly p50: number
  readonly p95: number
  readonly p99: number
  readonly rows: number
}

async function measure(name: string, run: () => Promise<number>): Promise<Measured> {
  const times: number[] = []
  let rows = 0
  for (let round = 0; round < ROUNDS; round += 1) {
    const start = performance.now()
    rows = await run()
    times.push(performance.now() - start)
  }
  return { name, ...percentiles(times), rows }
}

const shared = ['p:42', 'm:1-3', 'm:1', 'm:root', 'r:clerk:1', 'r:office-head:1']
const scopes: Readonly<Record<string, readonly string[]>> = {
  'own': shared, 'unit': [...shared, 'u:1-3'], 'department and below': [...shared, 'b:1-3'], 'organisation': [...shared, 'o:1'], 'district': [...shared, 'b:root'],
  'only old rows': ['m:0', 'o:0'], 'several posts': [...shared, 'b:1', 'b:2', 'u:3-1', 'o:4', 'o:5', 'o:6', 'r:leader:2', 'r:clerk:9'],
}

async function measureAll(db: Database): Promise<Measured[]> {
  const results: Measured[] = []
  for (const [name, principals] of Object.entries(scopes)) {
    const query: ScopedQuery = { entity: 'bench_record', principals }
    const filtered = (state: string): ScopedQuery => ({ ...query, table: 'bench_record', where: sql`r.state = ${state}` })
    const page = (of: ScopedQuery) => async (): Promise<number> => (await scopedList(db, { ...of, limit: 20 })).items.length
    const { next } = await scopedList(db, { ...query, limit: 500 })
    results.push(await measure(`${name}: first page`, page(query)))
    if (next !== null) {
      const after = decodeCursor({ fail }, next)
      results.push(await measure(`${name}: page after row 500`, async () => (await scopedList(db, { ...query, after, limit: 20 })).items.length))
    }
    results.push(await measure(`${name}: filter, a third`, page(filtered('open'))))
    results.push(await measure(`${name}: filter, a thousandth`, page(filtered('rare'))))
    results.push(await measure(`${name}: filter, nothing`, page(filtered('none'))))
    results.push(await measure(`${name}: count to 1000`, () => scopedCount(db, query)))
  }
  return results
}

const database = await testDatabase()
const { db, close } = openDatabase(database.url, pino({ level: 'silent' }), 2)
await fill(db)
const results = await measureAll(db)
report('lists', results, { records: RECORDS })
await close()
await database.drop()
