import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import * as fc from 'fast-check'
import { sql } from 'kysely'
import { uuidOfKey } from '#base/ids.ts'
import { decodeCursor } from '#platform/db/server/keyset.ts'
import type { Database } from '#platform/db/server/database.ts'
import { openDatabase } from '#platform/db/server/database.ts'
import { fail } from '#kit/failure.ts'
import { testDatabase } from '#test/database.ts'
import { testLog } from '#test/runtime.ts'
import { scopedCount, scopedList, visibleUnder } from './scoped.ts'
import type { ScopedPage } from './scoped.ts'

const PRINCIPALS = ['p:a', 'u:b', 'b:c', 'o:d', 'm:e']

interface Row {
  readonly key: number
  readonly minute: number
  readonly state: string
  readonly principals: readonly string[]
}

const row = fc.record({
  key: fc.nat(40), minute: fc.nat(5), state: fc.constantFrom('open', 'done'), principals: fc.uniqueArray(fc.constantFrom(...PRINCIPALS), { maxLength: 4 }),
})
const rows = fc.uniqueArray(row, { selector: ({ key }) => key, maxLength: 40 })

const idOf = ({ key }: Row): string => uuidOfKey(`scoped:${key}`)
const timeOf = ({ minute }: Row): Date => new Date(Date.UTC(2026, 6, 1, 8, minute))

describe('lists by visibility', () => {
  let database: Awaited<ReturnType<typeof testDatabase>>
  let open: ReturnType<typeof openDatabase>

  before(async () => {
    database = await testDatabase()
    open = openDatabase(database.url, testLog, 2)
    await sql`create table scoped_record (id uuid primary key, state text not null)`.execute(open.db)
  })
  after(async () => {
    await open.close()
    await database.drop()
  })

  async function write(db: Database, given: readonly Row[]): Promise<void> {
    await sql`delete from scoped_record`.execute(db)
    await sql`delete from access_visibility`.execute(db)
    for (const one of given) {
      await sql`insert into scoped_record (id, state) values (${idOf(one)}, ${one.state})`.execute(db)
      for (const principal of one.principals) await sql`insert into access_visibility values ('scoped', ${principal}, ${timeOf(one)}, ${idOf(one)})`.execute(db)
    }
    // The same object under another entity must not come in.
    await sql`insert into access_visibility values ('other', 'p:a', now(), ${uuidOfKey('other')})`.execute(db)
  }

  function naive(given: readonly Row[], principals: readonly string[], state: string | null, order: 'newest' | 'oldest'): string[] {
    const sign = order === 'newest' ? -1 : 1
    return given
      .filter((one) => one.principals.some((principal) => principals.includes(principal)) && (state === null || one.state === state))
      .sort((a, b) => sign * (a.minute - b.minute || (idOf(a) < idOf(b) ? -1 : 1)))
      .map(idOf)
  }

  async function allPages(db: Database, page: ScopedPage): Promise<string[]> {
    const ids: string[] = []
    let after = page.after
    for (;;) {
      const { items, next } = await scopedList(db, { ...page, ...(after !== undefined && { after }) })
      assert.ok(items.length <= page.limit)
      ids.push(...items.map(({ id }) => id))
      if (next === null) return ids
      after = decodeCursor({ fail }, next)
    }
  }

  test('pages together equal the naive query: every visible record once, in order', async () => {
    const query = fc.record({
      given: rows, principals: fc.array(fc.constantFrom(...PRINCIPALS, 'p:nobody'), { maxLength: 6 }), state: fc.constantFrom(null, 'open', 'none'),
      limit: fc.integer({ min: 1, max: 12 }), order: fc.constantFrom('newest' as const, 'oldest' as const),
    })
    await fc.assert(fc.asyncProperty(query, async ({ given, principals, state, limit, order }) => {
      await write(open.db, given)
      const where = state === null ? {} : { table: 'scoped_record', where: sql`r.state = ${state}` }
      const expected = naive(given, principals, state, order)
      assert.deepEqual(await allPages(open.db, { entity: 'scoped', principals, limit, order, ...where }), expected)
      assert.equal(await scopedCount(open.db, { entity: 'scoped', principals, ...where }), expected.length)
      assert.equal(await scopedCount(open.db, { entity: 'scoped', principals, ...where }, 3), Math.min(3, expected.length))
      const { rows: seen } = await sql<{ id: string }>`select id from scoped_record r where ${visibleUnder(principals)}`.execute(open.db)
      assert.deepEqual(seen.map(({ id }) => id).sort(), naive(given, principals, null, order).sort())
    }), { numRuns: 60 })
  })
})
