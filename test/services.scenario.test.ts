/** Files, notices, search and administration over HTTP, with real sign-in and rights. */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { connect } from 'node:net'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { actorAs, loadWorld } from '#apps/demonstration.ts'
import { services as allServices } from '#apps/services.ts'
import { access } from '#kit/access.ts'
import { entity } from '#kit/entity.ts'
import { module } from '#kit/module.ts'
import { Access } from '#platform/access/contract.ts'
import { Files } from '#platform/files/contract.ts'
import { createServer } from '#platform/http/server/server.ts'
import { Notify } from '#platform/notify/contract.ts'
import { hubOf } from '#platform/notify/server/plugin.ts'
import { Numbering } from '#platform/numbering/contract.ts'
import type { NumberingService } from '#platform/numbering/contract.ts'
import { Search } from '#platform/search/contract.ts'
import { generate } from '#test/world/world.ts'
import { testRuntime } from './runtime.ts'
import type { TestRuntime } from './runtime.ts'

const PASSWORD = 'Changning-Test-2026'
const notes = module({
  id: 'notes', title: '便笺', icon: 'note', group: 'office', order: 1, access: access({ view: { everyone: 'own' } }),
  entities: [entity('notes_note', '便笺', {}, { states: { draft: '草稿' }, title: '便笺' })], dictionaries: [{ name: 'notes.kind', label: '便笺类别', entries: [{ code: 'plain', label: '普通' }] }],
})

let it: TestRuntime
let app: FastifyInstance
let base = ''
before(async () => {
  // The test's entity has no table: its records only stand for something that is seen by some.
  const services = allServices.filter(({ id }) => id !== 'records')
  it = await testRuntime({ services, modules: [{ definition: notes, server: {} }] })
  await loadWorld(it.runtime, generate(), PASSWORD)
  app = await createServer(it.runtime, { version: '0', trustProxy: false })
  base = await app.listen({ port: 0, host: '127.0.0.1' })
})
after(async () => {
  await app.close()
  await it.close()
})

async function signIn(login: string): Promise<string> {
  const answer = await fetch(`${base}/api/session`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ login, password: PASSWORD }) })
  assert.equal(answer.status, 200, await answer.clone().text())
  return /cm_session=[^;]*/.exec(answer.headers.get('set-cookie') ?? '')?.[0] ?? assert.fail('no cookie')
}

const get = (cookie: string, path: string, headers: Record<string, string> = {}): Promise<Response> => fetch(base + path, { headers: { cookie, ...headers } })
const send = (cookie: string, method: string, path: string, body: unknown): Promise<Response> =>
  fetch(base + path, { method, headers: { cookie, 'content-type': 'application/json' }, body: JSON.stringify(body) })
const upload = (cookie: string, name: string, bytes: string): Promise<Response> =>
  fetch(`${base}/api/files`, { method: 'POST', headers: { cookie, 'x-file-name': encodeURIComponent(name), 'content-type': 'text/html' }, body: Buffer.from(bytes) })
const codeOf = async (answer: Response): Promise<string> => ((await answer.json()) as { error: { code: string } }).error.code
const idOf = async (answer: Response): Promise<string> => ((await answer.json()) as { id: string }).id

test('a file: uploaded, kept from others, bound, downloaded in parts', async () => {
  const [owner, other] = [await signIn('linxiaowen'), await signIn('hexiangdong')]
  const answer = await upload(owner, '国庆值班安排.html', '<script>alert(1)</script>')
  assert.equal(answer.status, 200)
  const id = await idOf(answer)
  const whole = await get(owner, `/api/files/${id}`)
  assert.equal(whole.headers.get('content-type'), 'application/octet-stream')
  assert.equal(whole.headers.get('content-security-policy'), 'sandbox')
  assert.equal(whole.headers.get('x-content-type-options'), 'nosniff')
  assert.match(whole.headers.get('content-disposition') ?? '', /^attachment; .*filename\*=UTF-8''%E5%9B%BD/)
  assert.equal(await whole.text(), '<script>alert(1)</script>')
  const part = await get(owner, `/api/files/${id}`, { range: 'bytes=1-6' })
  assert.deepEqual([part.status, part.headers.get('content-range'), await part.text()], [206, 'bytes 1-6/25', 'script'])
  assert.equal((await get(owner, `/api/files/${id}`, { range: 'bytes=99-' })).status, 416)
  assert.equal((await get(owner, `/api/files/${id}`, { 'if-none-match': whole.headers.get('etag') ?? '' })).status, 304)
  assert.equal(await codeOf(await get(other, `/api/files/${id}`)), 'files.missing')
  assert.deepEqual(await (await get(other, `/api/files?ids=${id}`)).json(), { items: [] })
  assert.equal((await fetch(`${base}/api/files/${id}`)).status, 401)
  const record = randomUUID()
  const [actor, reader] = [await actorAs(it.runtime, 'linxiaowen'), await actorAs(it.runtime, 'hexiangdong')]
  await it.runtime.command(actor, (ctx) => ctx.use(Files).attach([id], { type: 'notes_note', id: record, permission: 'notes.view' }))
  await it.runtime.command(null, (ctx) => ctx.use(Access).show('notes_note', record, new Date(), [`p:${reader.personId}`]))
  assert.equal((await get(other, `/api/files/${id}`)).status, 200)
  assert.equal((await get(owner, `/api/files/${id}`)).status, 404, 'bound: only who sees the record')
})

test('a marked document is refused, and the refusal is in the log', async () => {
  const answer = await upload(await signIn('linxiaowen'), '请示.txt', '000001\n机密★1年\n关于……的请示')
  assert.deepEqual([answer.status, await codeOf(answer)], [422, 'files.secret'])
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from audit_entry where action = 'files.upload' and result = 'refused'`.execute(it.runtime.db)
  assert.equal(rows[0]?.n, 1)
})

test('an upload that breaks off, has no name or is empty leaves nothing', async () => {
  const cookie = await signIn('linxiaowen')
  const drafts = (): Promise<string[]> => readdir(join(it.runtime.dataDir, 'blobs/drafts'))
  const socket = connect(Number(new URL(base).port), '127.0.0.1')
  socket.write(`POST /api/files HTTP/1.1\r\nhost: x\r\ncookie: ${cookie}\r\nx-file-name: a.txt\r\ncontent-length: 1000\r\n\r\nhalf`)
  while ((await drafts()).length === 0) await new Promise((resolve) => setImmediate(resolve))
  socket.destroy()
  while ((await drafts()).length > 0) await new Promise((resolve) => setImmediate(resolve))
  assert.equal(await codeOf(await upload(cookie, '', 'x')), 'files.name')
  assert.equal(await codeOf(await upload(cookie, 'a.txt', '')), 'files.empty')
  assert.deepEqual(await drafts(), [])
})

/** Reads the stream until all of the texts have come. */
async function hear(answer: Response, ...texts: string[]): Promise<string> {
  let heard = ''
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader() ?? assert.fail('no body')
  while (!texts.every((text) => heard.includes(text))) {
    const { value, done } = await reader.read()
    if (done) assert.fail(`stream ended after ${heard}`)
    heard += value
  }
  await reader.cancel()
  return heard
}

test('notices reach the open pages of the right people with the commit, and the list', async () => {
  const [cookie, other] = [await signIn('zhoumuyuan'), await signIn('linxiaowen')]
  const [mine, others] = await Promise.all([get(cookie, '/api/events'), get(other, '/api/events')])
  assert.equal(mine.headers.get('content-type'), 'text/event-stream; charset=utf-8')
  const { personId } = await actorAs(it.runtime, 'zhoumuyuan')
  const { personId: otherId } = await actorAs(it.runtime, 'linxiaowen')
  await assert.rejects(it.runtime.command(null, async (ctx) => {
    await ctx.use(Notify).tell([personId], { kind: 'system', title: '没有发生' })
    throw new Error('rolled back')
  }))
  await it.runtime.command(null, async (ctx) => {
    await ctx.use(Notify).tell([personId], { kind: 'urge', title: '请尽快办理', link: '/todo' })
    await ctx.use(Notify).poke([personId, otherId], 'todo')
  })
  const heard = await hear(mine, '"title":"请尽快办理"', 'event: poke\ndata: {"topic":"todo"}')
  assert.doesNotMatch(heard, /没有发生/)
  assert.doesNotMatch(await hear(others, 'event: poke'), /请尽快办理/)
  const { items } = (await (await get(cookie, '/api/notices')).json()) as { items: { id: string; title: string; read: boolean }[] }
  assert.deepEqual(items.map(({ title, read }) => ({ title, read })), [{ title: '请尽快办理', read: false }])
  assert.deepEqual(await (await send(other, 'POST', '/api/notices/read', { ids: [items[0]?.id] })).json(), { read: 0 }, 'not hers')
  assert.deepEqual(await (await send(cookie, 'POST', '/api/notices/read', {})).json(), { read: 1 })
})

test('the ninth page of one person ends the first', async () => {
  const cookie = await signIn('chenliqun')
  const first = await get(cookie, '/api/events')
  const others = await Promise.all(Array.from({ length: 8 }, () => get(cookie, '/api/events')))
  assert.match(await first.text(), /retry: 60000/)
  await Promise.all(others.map((answer) => answer.body?.cancel()))
})

test('the stream of an ended session ends with it; others go on', async () => {
  const [leaving, staying] = [await signIn('sutingyun'), await signIn('ouyangshuo')]
  const [mine, others] = await Promise.all([get(leaving, '/api/events'), get(staying, '/api/events')])
  assert.equal((await send(leaving, 'DELETE', '/api/session', {})).status, 200)
  await hubOf(it.runtime)?.beat()
  assert.match(await mine.text(), /retry: 3000/)
  await hubOf(it.runtime)?.beat()
  await hear(others, ':\n\n:\n\n')
})

test('search shows records only to those who see them; people, units and applications to all', async () => {
  const record = randomUUID()
  const reader = await actorAs(it.runtime, 'hexiangdong')
  await it.runtime.command(null, async (ctx) => {
    await ctx.use(Search).index('notes_note', record, 'notes.view', '防汛防台应急预案', '各街道2026年〔12〕号', new Date())
    await ctx.use(Access).show('notes_note', record, new Date(), [`p:${reader.personId}`])
  })
  const find = async (login: string, query: string): Promise<[kind: string, title: string][]> => {
    const { items } = (await (await get(await signIn(login), `/api/search?query=${encodeURIComponent(query)}`)).json()) as { items: { kind: string; title: string }[] }
    return items.map(({ kind, title }) => [kind, title])
  }
  for (const query of ['防台应急', '预案 街道', '026年〔1']) assert.deepEqual(await find('hexiangdong', query), [['record', '防汛防台应急预案']], query)
  assert.deepEqual(await find('linxiaowen', '防台应急'), [])
  assert.deepEqual((await find('linxiaowen', '便笺'))[0], ['app', '便笺'])
  assert.ok((await find('linxiaowen', '周牧原')).some(([kind, title]) => kind === 'person' && title === '周牧原'))
})

test('dictionaries: changed by administrators within their layer, audited; dead letters only for those who run the system', async () => {
  const [clerk, system] = [await signIn('linxiaowen'), await signIn('sysadmin')]
  const path = '/api/dictionaries/notes.kind/entries/plain'
  const change = { layer: 'district', label: '一般' }
  assert.equal((await send(clerk, 'PUT', path, change)).status, 403)
  assert.equal((await send(system, 'PUT', path, change)).status, 200)
  const { items } = (await (await get(clerk, '/api/dictionaries/notes.kind')).json()) as { items: { label: string; origin: string }[] }
  assert.deepEqual(items.map(({ label, origin }) => [label, origin]), [['一般', 'district']])
  assert.equal((await send(system, 'DELETE', path, { layer: 'district' })).status, 200)
  assert.equal((await get(clerk, '/api/admin/dead-letters')).status, 403)
  assert.deepEqual(await (await get(system, '/api/admin/dead-letters')).json(), { items: [], next: null })
  assert.deepEqual(await (await get(system, '/api/admin/failed-jobs')).json(), { items: [] })
})

test('numbers chosen, reserved and voided: once, with a reason, audited', async () => {
  const actor = await actorAs(it.runtime, 'zhoumuyuan')
  const object = { type: 'document', id: randomUUID() }
  const [series, pattern] = ['发文', '长府办〔{year}〕{n}号']
  const numbering = <T>(work: (numbers: NumberingService) => Promise<T>): Promise<T> => it.runtime.command(actor, (ctx) => work(ctx.use(Numbering)))
  await numbering((numbers) => numbers.reserve(series, pattern, [2, 4], '为会议纪要预留'))
  assert.equal((await numbering((numbers) => numbers.draw(series, pattern, object))).n, 1)
  assert.equal((await numbering((numbers) => numbers.draw(series, pattern, object))).n, 3)
  assert.equal((await numbering((numbers) => numbers.take(series, pattern, 2, object, '会议纪要'))).n, 2)
  await assert.rejects(numbering((numbers) => numbers.take(series, pattern, 2, object, '再来一次')), { code: 'numbering.taken' })
  await assert.rejects(numbering((numbers) => numbers.take(series, pattern, 9, object, ' ')), { code: 'numbering.reason' })
  await numbering((numbers) => numbers.void(series, pattern, 3, '文件撤销'))
  await assert.rejects(numbering((numbers) => numbers.take(series, pattern, 3, object, '重用')), { code: 'numbering.taken' })
  assert.equal((await numbering((numbers) => numbers.peek(series, pattern))).n, 5)
  const year = new Date().getFullYear()
  const ledger = await numbering((numbers) => numbers.ledger(series, year))
  assert.deepEqual(ledger.map(({ n, state, by }) => `${n} ${state} ${by}`), ['1 used 周牧原', '2 used 周牧原', '3 void 周牧原', '4 reserved 周牧原'])
})
