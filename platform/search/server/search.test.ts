import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import * as fc from 'fast-check'
import { sql } from 'kysely'
import { testRuntime } from '#test/runtime.ts'
import type { TestRuntime } from '#test/runtime.ts'
import { Search } from '../contract.ts'
import { service } from './index.ts'
import { fold, pairQuery, wordsOf } from './pairs.ts'

let it: TestRuntime
before(async () => {
  it = await testRuntime({ services: [service] })
})
after(() => it.close())

const index = (id: string, text: string): Promise<void> => it.runtime.command(null, (ctx) => ctx.use(Search).index('note', id, 'notes.view', '', text, new Date(0)))

/** The index alone, without the look at the text itself: it may find too much, never too little. */
async function candidates(query: string): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`select id from search_document where pairs @@ ${pairQuery(wordsOf(query))}::tsquery`.execute(it.runtime.db)
  return new Set(rows.map(({ id }) => id))
}

const character = fc.constantFrom(...'应急管理局区长宁〔〕2026号第a B\'\\:&|!()*<->"，。\n　𠮷')
const text = fc.string({ unit: character, maxLength: 40 })

test('the index misses nothing that naive search finds', async () => {
  await sql`truncate search_document`.execute(it.runtime.db)
  const texts = new Map(fc.sample(text, { numRuns: 400, seed: 7 }).map((value) => [randomUUID() as string, value]))
  await it.runtime.command(null, async (ctx) => {
    for (const [id, value] of texts) await ctx.use(Search).index('note', id, 'notes.view', '', value, new Date(0))
  })
  const query = fc.oneof(fc.string({ unit: character, minLength: 1, maxLength: 4 }), fc.constantFrom(...texts.values()).chain((value) => fc.nat(value.length).map((from) => value.slice(from, from + 5))))
  await fc.assert(fc.asyncProperty(query, async (typed) => {
    const words = wordsOf(typed)
    if (words.length === 0) return
    const found = await candidates(typed)
    for (const [id, value] of texts) if (words.every((word) => fold(value).includes(word))) assert.ok(found.has(id), JSON.stringify({ typed, value }))
  }), { numRuns: 300 })
})

test('words far into a long text and words repeated a thousand times are found', async () => {
  const id = randomUUID()
  const varied = Array.from({ length: 30_000 }, (_, n) => String.fromCodePoint(0x4e00 + (n * 7919) % 20_000)).join('')
  await index(id, `${'防汛防台'.repeat(1000)}${varied}最后一句防汛工作`)
  for (const query of ['最后一句', '句防汛工', '作']) assert.ok((await candidates(query)).has(id), query)
})

test('an index entry is replaced and removed', async () => {
  const id = randomUUID()
  await index(id, '旧内容')
  await index(id, '新内容')
  assert.deepEqual([(await candidates('旧内')).has(id), (await candidates('新内')).has(id)], [false, true])
  await it.runtime.command(null, (ctx) => ctx.use(Search).remove('note', id))
  assert.equal((await candidates('新内')).has(id), false)
})
