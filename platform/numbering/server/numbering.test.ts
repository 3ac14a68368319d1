import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { testRuntime } from '#test/runtime.ts'
import type { TestRuntime } from '#test/runtime.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { Numbering } from '../contract.ts'
import { service } from './index.ts'

const PATTERN = '长应急〔{year}〕{n}号'
const object = { type: 'document', id: randomUUID() }

let test1: TestRuntime
before(async () => {
  test1 = await testRuntime({ services: [service], clock: () => new Date('2026-12-31T16:00:00Z') })
})
after(() => test1.close())

const command = <T>(run: (ctx: ServerContext) => Promise<T>): Promise<T> => test1.runtime.command(null, run)
const draw = (series: string, organisationId: string, pattern = PATTERN) => (ctx: ServerContext) => ctx.use(Numbering).draw(series, pattern, object, { organisationId })

test('50 parallel draws give 1 to 50, each once', async () => {
  const organisationId = randomUUID()
  const drawn = await Promise.all(Array.from({ length: 50 }, () => command(draw('发文', organisationId))))
  assert.deepEqual(drawn.map(({ n }) => n).sort((a, b) => a - b), Array.from({ length: 50 }, (_, i) => i + 1))
})

test('commands that are rolled back leave no gap', async () => {
  const organisationId = randomUUID()
  const attempts = Array.from({ length: 50 }, (_, i) => command(async (ctx) => {
    const number = await draw('发文', organisationId)(ctx)
    if (i % 3 === 0) throw new Error('rolled back')
    return number.n
  }))
  const settled = await Promise.allSettled(attempts)
  const numbers = settled.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
  assert.deepEqual(numbers.sort((a, b) => a - b), Array.from({ length: numbers.length }, (_, i) => i + 1))
  assert.equal(numbers.length, 33)
})

test('the year is that of Shanghai; organisations and series count apart; without a year the series runs on', async () => {
  const [one, two] = [randomUUID(), randomUUID()]
  assert.deepEqual(await command(draw('发文', one)), { n: 1, text: '长应急〔2027〕1号' })
  assert.equal((await command(draw('发文', two))).n, 1)
  assert.equal((await command(draw('函', one))).n, 1)
  assert.deepEqual(await command(draw('令', one, '第{n}号')), { n: 1, text: '第1号' })
  const last = (ctx: ServerContext) => ctx.use(Numbering).draw('令', '第{n}号', object, { organisationId: one, year: 2030 })
  assert.deepEqual(await command(last), { n: 2, text: '第2号' })
  const ledger = await command((ctx) => ctx.use(Numbering).ledger('令', null, { organisationId: one }))
  assert.deepEqual(ledger.map(({ n, state, by, objectId }) => ({ n, state, by, objectId })), [1, 2].map((n) => ({ n, state: 'used', by: '系统', objectId: object.id })))
})
