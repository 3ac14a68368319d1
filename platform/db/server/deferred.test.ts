import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { sql } from 'kysely'
import type { PlatformService } from '#platform/registry/server/service.ts'
import { testRuntime } from '#test/runtime.ts'
import type { TestRuntime } from '#test/runtime.ts'
import { statementsOf } from '#test/statements.ts'
import type { ServerContext } from './context.ts'
import { deferred } from './deferred.ts'

const kept = (kind: string) => deferred<string>((_ctx, words) => ({
  insert: sql`insert into deferred_word (kind, word) select ${kind}, word from unnest(${[...words]}::text[]) word`, select: sql`select ${kind}::text as said`,
}))
const nouns = kept('noun')
const verbs = kept('verb')
const service: PlatformService = { id: 'words', deferred: [nouns, verbs] }

let it: TestRuntime
before(async () => {
  it = await testRuntime({ services: [service] })
  await sql`create table deferred_word (id integer generated always as identity, kind text, word text)`.execute(it.runtime.db)
})
after(() => it.close())
beforeEach(() => sql`truncate deferred_word`.execute(it.runtime.db))

const written = async (kind: string): Promise<string[]> =>
  (await sql<{ word: string }>`select word from deferred_word where kind = ${kind} order by id`.execute(it.runtime.db)).rows.map(({ word }) => word)

test('what a command adds of all kinds is written at its end, in one statement, in order', async () => {
  const sent = await statementsOf(() => it.runtime.command(null, async (ctx) => {
    await nouns.add(ctx, ['one'])
    await verbs.add(ctx, ['go'])
    await nouns.add(ctx, [])
    await nouns.add(ctx, ['two', 'three'])
  }))
  assert.deepEqual([sent.length, sent[0], sent.at(-1)], [3, 'begin', 'commit'])
  assert.deepEqual([await written('noun'), await written('verb')], [['one', 'two', 'three'], ['go']])
})

test('a flush writes what is there, the rest follows at the end', async () => {
  const seen = async (ctx: ServerContext): Promise<number> => (await sql`select from deferred_word`.execute(ctx.db())).rows.length
  await it.runtime.command(null, async (ctx) => {
    await nouns.flush(ctx)
    await nouns.add(ctx, ['one'])
    assert.equal(await seen(ctx), 0)
    await nouns.flush(ctx)
    assert.equal(await seen(ctx), 1)
    await nouns.add(ctx, ['two'])
  })
  assert.deepEqual(await written('noun'), ['one', 'two'])
})

test('a command that fails writes nothing; outside a transaction nothing waits', async () => {
  await assert.rejects(it.runtime.command(null, async (ctx) => {
    await nouns.add(ctx, ['one'])
    throw new Error('refused')
  }), /refused/)
  assert.deepEqual(await written('noun'), [])
  await it.runtime.query(null, async (ctx) => {
    await nouns.add(ctx, ['now'])
    assert.deepEqual(await written('noun'), ['now'])
  })
})
