/** 收文 from the delivery to 办结, and what the sender sees of it, over HTTP on a real database. */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { actorAs } from '#apps/demonstration.ts'
import { services } from '#apps/services.ts'
import { sql } from 'kysely'
import { uuidOfKey } from '#base/ids.ts'
import type { RecordDetailWire, RecordListWire } from '#kit/wire/record.ts'
import type { TaskWire, TimelineWire, TodoWire } from '#kit/wire/task.ts'
import { Access } from '#platform/access/contract.ts'
import { deliverNext } from '#platform/events/server/deliver.ts'
import { Files } from '#platform/files/contract.ts'
import { createServer } from '#platform/http/server/server.ts'
import { Workflow } from '#platform/workflow/contract.ts'
import { fireTimers } from '#platform/workflow/server/timers.ts'
import { PASSWORD, testServer } from '#test/http.ts'
import { openRuntime } from '#test/runtime.ts'
import type { Answer, Client, TestServer } from '#test/http.ts'
import { generate, personId, postOf } from '#test/world/world.ts'
import { unitId } from '#test/world/units.ts'
import type { DeliveryWire, IncomingCountsWire } from './incoming/api.ts'
import { definition } from './module.ts'
import { deliver } from './server/deliveries/deliver.ts'
import type { Recipient } from './server/deliveries/table.ts'
import { server as documents } from './server/index.ts'

const TITLE = '上海市长宁区人民政府办公室关于做好今冬明春火灾防控工作的通知'
const LIST = '/api/records/documents_incoming'

const LOGINS = new Map(generate().accounts.map(({ login, personId: id }) => [id, login]))

let server: TestServer
let now = new Date('2026-11-09T01:00:00Z')
before(async () => {
  server = await testServer({ services, modules: [{ definition, server: documents }], clock: () => now })
})
after(() => server.close())

function ok<T = Answer['body']>({ status, body }: Answer): T {
  assert.equal(status, 200, JSON.stringify(body))
  return body as T
}
const codeOf = ({ body }: Answer): string => (body['error'] as { code: string } | undefined)?.code ?? 'done'

let places = 0
const clients = new Map<string, Promise<Client>>()
async function signIn(login: string): Promise<Client> {
  const { cookie, status } = await server.ask('POST', '/api/session', { body: { login, password: PASSWORD }, from: `10.3.0.${(places += 1)}` })
  assert.equal(status, 200)
  return (method, url, body) => server.ask(method, url, { cookie, body })
}
function as(login: string): Promise<Client> {
  const client = clients.get(login) ?? signIn(login)
  clients.set(login, client)
  return client
}

const to = (...keys: string[]): Recipient[] => keys.map((key) => ({ organisationId: unitId(key), role: 'main' }))
let issued = 0
interface Sent {
  readonly id: string
  readonly pdf: string
  readonly title: string
}

/** An issued document of the district office, delivered by its registrar. */
async function send(recipients: readonly Recipient[], more: { urgency?: 'normal' | 'urgent' | 'most-urgent'; title?: string } = {}): Promise<Sent> {
  const actor = await actorAs(server.runtime, 'hanxuemei')
  const id = uuidOfKey(`outgoing:${(issued += 1)}`)
  const title = more.title ?? TITLE
  const pdf = await server.runtime.command(actor, async (ctx) => {
    const file = await ctx.use(Files).create('正文.pdf', 'application/pdf', Buffer.from(`%PDF-1.7\n% ${id}`))
    await ctx.use(Access).show('documents_outgoing', id, ctx.now, [`p:${actor.personId}`, ...(await ctx.use(Access).ownerPrincipals(actor.unitId))])
    await ctx.use(Files).attach([file.id], { type: 'documents_outgoing', id, permission: 'documents.view' })
    return file.id
  })
  const document = {
    outgoingId: id, title, number: `长府办〔2026〕${issued}号`, docType: 'notice', urgency: more.urgency ?? 'normal', senderOrganisationId: unitId('office'),
    senderName: '上海市长宁区人民政府办公室', pdfFileId: pdf, attachmentIds: [], issuedOn: '2026-11-08',
  } as const
  await server.runtime.command(actor, (ctx) => deliver(ctx, document, recipients))
  await server.runtime.command(actor, (ctx) => deliver(ctx, document, recipients))
  return { id, pdf, title }
}

async function received(login: string, title = TITLE): Promise<RecordDetailWire> {
  const { items } = ok<RecordListWire>(await (await as(login))('GET', `${LIST}?search=${encodeURIComponent(title)}`))
  const [found] = items
  assert.ok(found, `${login} has received nothing called ${title}`)
  return ok<RecordDetailWire>(await (await as(login))('GET', `${LIST}/${found.id}`))
}
const read = async (login: string, id: string): Promise<RecordDetailWire> => ok<RecordDetailWire>(await (await as(login))('GET', `${LIST}/${id}`))

async function taskOf(login: string, id: string): Promise<TaskWire> {
  const [taskId] = (await read(login, id)).taskIds
  assert.ok(taskId, `${login} has nothing to do here`)
  return ok<TaskWire>(await (await as(login))('GET', `/api/tasks/${taskId}`))
}
async function act(login: string, id: string, more: object = {}): Promise<Answer> {
  const task = await taskOf(login, id)
  return (await as(login))('POST', `/api/tasks/${task.id}/act`, { operation: 'complete', revision: task.revision, ...more })
}
async function write(login: string, id: string, values: object): Promise<Answer> {
  const { version } = await read(login, id)
  return (await as(login))('PATCH', `${LIST}/${id}`, { values, version })
}
async function box(login: string, name: TodoWire['box']): Promise<TodoWire[]> {
  return ok<{ items: TodoWire[] }>(await (await as(login))('GET', `/api/todos?box=${name}&limit=100`)).items
}
const panel = async (login: string, id: string): Promise<{ items: DeliveryWire[]; may: string[] }> => ok(await (await as(login))('GET', `/api/documents/deliveries?outgoingId=${id}`))
async function settleEvents(): Promise<void> {
  while (await deliverNext(server.runtime));
}
async function fileStatus(login: string, id: string): Promise<number> {
  const cookie = await server.signIn(login)
  return (await server.app.inject({ method: 'GET', url: `/api/files/${id}`, headers: { cookie } })).statusCode
}
async function notices(login: string): Promise<string[]> {
  const { items } = ok<{ items: { title: string; text: string | null }[] }>(await (await as(login))('GET', '/api/notices'))
  return items.map(({ title, text }) => `${title} ${text ?? ''}`)
}


describe('delivered to three organisations', () => {
  let sent: Sent
  let id = ''
  before(async () => {
    sent = await send(to('emergency', 'construction', 'market'))
    id = (await received('wangjie')).id
  })

  test('one record in each, however often it is delivered; its 收发员 has a to-do and reads the file', async () => {
    for (const login of ['wangjie', 'lida', 'zhangyan']) {
      const { items } = ok<RecordListWire>(await (await as(login))('GET', LIST))
      assert.deepEqual(items.map(({ title, state }) => [title, state]), [[TITLE, 'received']], login)
      const [todo] = await box(login, 'todo')
      assert.deepEqual([todo?.stepName, todo?.title, todo?.from, todo?.due], ['签收', TITLE, '区政府办公室 韩雪湄', '2026-11-10T09:30:00.000Z'], login)
      assert.ok(!(await read(login, items[0]?.id ?? '')).acts.includes('urge'), 'nobody urges herself')
      assert.equal(await fileStatus(login, sent.pdf), 200)
    }
    const { values, number } = await read('wangjie', id)
    assert.deepEqual([values['senderNumber'], values['urgency'], values['receivedAt'], number], ['长府办〔2026〕1号', 'normal', null, null])
    assert.deepEqual(await box('hanxuemei', 'mine'), [], 'the sender has no part in it')
  })

  test('others cannot see it: list, id, file, search, timeline, task, deliveries', async () => {
    const { caseId, taskIds } = await read('wangjie', id)
    for (const login of ['lida', 'zhengjie', 'hanxuemei', 'chenliqun']) {
      const ask = await as(login)
      const { items } = ok<RecordListWire>(await ask('GET', LIST))
      assert.ok(!items.some((item) => item.id === id), login)
      assert.equal(codeOf(await ask('GET', `${LIST}/${id}`)), 'records.missing', login)
      assert.equal(codeOf(await ask('GET', `/api/cases/${caseId}/timeline`)), 'records.missing', login)
      assert.equal(codeOf(await ask('GET', `/api/tasks/${taskIds[0]}`)), 'workflow.task.unknown', login)
      assert.equal(codeOf(await ask('GET', `/api/documents/readings?id=${id}`)), 'records.missing', login)
      const hits = ok<{ items: { id: string }[] }>(await ask('GET', `/api/search?kind=record&query=${encodeURIComponent('火灾防控')}`)).items
      assert.ok(!hits.some((hit) => hit.id === id), login)
    }
    assert.equal(await fileStatus('zhengjie', sent.pdf), 404)
    for (const login of ['wangjie', 'zhengjie']) {
      assert.equal(codeOf(await (await as(login))('GET', `/api/documents/deliveries?outgoingId=${sent.id}`)), 'documents.delivery.missing', login)
      assert.equal(codeOf(await (await as(login))('POST', '/api/documents/deliveries/urge', { outgoingId: sent.id })), 'documents.delivery.missing', login)
    }
    const found = ok<{ items: { id: string }[] }>(await (await as('wangjie'))('GET', `/api/search?kind=record&query=${encodeURIComponent('火灾防控')}`)).items
    assert.deepEqual(found.map((hit) => hit.id), [id])
  })

  test('two 签收 at once: one wins, the other is told', async () => {
    const task = await taskOf('wangjie', id)
    const ask = await as('wangjie')
    const sign = (): Promise<Answer> => ask('POST', `/api/tasks/${task.id}/act`, { operation: 'complete', outcome: 'sign', revision: task.revision })
    const answers = await Promise.all([sign(), sign()])
    assert.deepEqual(answers.map(({ status }) => status).toSorted(), [200, 409])
    assert.match(codeOf(answers.find(({ status }) => status === 409) ?? assert.fail()), /^workflow\.task\./)
    const { items } = await panel('hanxuemei', sent.id)
    const ours = items.find(({ organisationId }) => organisationId === unitId('emergency'))
    assert.deepEqual([ours?.state, ours?.signedBy, ours?.signedAt], ['signed', '王㛃', now.toISOString()])
    assert.equal((await read('wangjie', id)).values['receivedAt'], now.toISOString())
  })

  test('登记: kind asked for, number of the own series, due date on working days', async () => {
    const ask = await as('qiukeqi')
    assert.deepEqual((await taskOf('qiukeqi', id)).requires, ['kind'])
    assert.equal(codeOf(await act('qiukeqi', id)), 'workflow.form.required')
    assert.equal((await write('qiukeqi', id, { subject: '改过的标题' })).status, 422, 'what came by exchange stands as it was sent')
    ok(await write('qiukeqi', id, { kind: 'handle', category: 'superior' }))
    assert.equal((await ask('PATCH', `${LIST}/${id}`, { values: { proposal: '越权' }, version: (await read('qiukeqi', id)).version })).status, 422)
    ok(await act('qiukeqi', id))
    const { number, values, state } = await read('qiukeqi', id)
    assert.deepEqual([number, values['dueOn'], state], ['收〔2026〕1号', '2026-11-18', 'registered'])
  })

  test('拟办, 批示 in turn, 主办 with 协办 and 转办, 传阅 with receipts, 办结', async () => {
    assert.equal(codeOf(await write('shenxiaoxuan', id, { lead: unitId('market/food') })), 'documents.incoming.departments')
    ok(await write('shenxiaoxuan', id, {
      proposal: '建议请陆局长、许局长阅示，由应急指挥科牵头办理。', leaders: [personId('luzhengyang'), personId('xujingxing')], readers: [personId('songyiran'), personId('panyueming')],
    }))
    ok(await act('shenxiaoxuan', id))
    assert.equal((await read('shenxiaoxuan', id)).state, 'instructing')
    assert.deepEqual((await read('xujingxing', id).catch(() => ({ taskIds: [] }))).taskIds, [], 'in turn')
    ok(await act('luzhengyang', id, { outcome: 'instruct', opinion: '请景行同志阅，抓好落实。' }))
    assert.equal(codeOf(await act('xujingxing', id, { outcome: 'instruct', opinion: '圈阅（视为同意）' })), 'documents.lead.missing')
    ok(await write('xujingxing', id, { lead: unitId('emergency/command'), assist: [unitId('emergency/chemicals')] }))
    ok(await act('xujingxing', id, { outcome: 'instruct', opinion: '圈阅（视为同意）' }))
    const handling = await taskOf('wenganchen', id)
    assert.deepEqual([handling.name, handling.due], ['承办', '2026-11-18T09:30:00.000Z'])
    ok(await act('wenganchen', id, { operation: 'hand-over', people: [postOf('jiangheping')], opinion: '请和坪同志具体办理' }))
    ok(await act('maolei', id, { opinion: '危化企业已排查' }))
    assert.equal((await read('maolei', id)).state, 'handling')
    ok(await write('jiangheping', id, { result: '已部署全区排查，发现隐患12处，均已整改。' }))
    ok(await act('jiangheping', id, { opinion: '已落实' }))
    assert.equal((await read('qiukeqi', id)).state, 'finishing')
  })

  test('传阅: receipts, seen inside by name and outside by number', async () => {
    await settleEvents()
    const [reading] = await box('panyueming', 'toread')
    assert.equal(reading?.recordId, id)
    ok(await (await as('panyueming'))('POST', `/api/readings/${reading.id}/read`, { opinion: '已阅' }))
    ok(await (await as('qiukeqi'))('POST', `/api/cases/${(await read('qiukeqi', id)).caseId}/act`, { operation: 'copy', people: [postOf('songyiran'), postOf('jiangheping')] }))
    const { items } = ok<{ items: { name: string; readAt: string | null; opinion: string | null }[] }>(await (await as('qiukeqi'))('GET', `/api/documents/readings?id=${id}`))
    assert.deepEqual(items.map(({ name, readAt, opinion }) => [name, readAt !== null, opinion]), [['宋亦然', false, null], ['潘岳茗', true, '已阅'], ['蒋和坪', false, null]])
    const ours = (await panel('hanxuemei', sent.id)).items.find(({ organisationId }) => organisationId === unitId('emergency'))
    assert.deepEqual([ours?.readers, ours?.read], [3, 1])
    ok(await act('qiukeqi', id))
    assert.equal((await read('qiukeqi', id)).state, 'done')
    const after = (await panel('hanxuemei', sent.id)).items.find(({ organisationId }) => organisationId === unitId('emergency'))
    assert.deepEqual([after?.state, after?.doneAt], ['done', now.toISOString()])
    const { entries } = ok<TimelineWire>(await (await as('luzhengyang'))('GET', `/api/cases/${(await read('luzhengyang', id)).caseId}/timeline`))
    const steps = new Set(entries.map(({ step }) => step))
    for (const step of ['签收', '登记', '拟办', '批示', '承办', '办结']) assert.ok(steps.has(step), step)
  })

  test('the 处理单: readable inside, with every opinion; kept as PDF at 办结', async () => {
    const { title, pages } = ok<{ title: string; pages: string[] }>(await (await as('luzhengyang'))('GET', `/api/documents/incoming-sheet?id=${id}`))
    assert.deepEqual([title, pages.length], ['区应急局收文处理单', 1])
    assert.equal(codeOf(await (await as('zhangyan'))('GET', `/api/documents/incoming-sheet?id=${id}`)), 'records.missing')
    const { values, labels, caseId } = await read('qiukeqi', id)
    const [file = ''] = values['sheet'] as string[]
    assert.equal(labels[file], '区应急局收文处理单收〔2026〕1号.pdf')
    assert.deepEqual([await fileStatus('luzhengyang', file), await fileStatus('hanxuemei', file)], [200, 404])
    const opinions = await server.runtime.query(null, (ctx) => ctx.use(Workflow).opinions(caseId ?? assert.fail()))
    assert.deepEqual(opinions.filter(({ node }) => node === 'instruct').map(({ name, opinion }) => [name, opinion]), [['陆正旸', '请景行同志阅，抓好落实。'], ['许景行', '圈阅（视为同意）']])
  })

  test('returned with a reason: the sender sees it and has a notice', async () => {
    const { id: theirs } = await received('lida')
    const offered = (await taskOf('lida', theirs)).operations.filter((one) => one.id === 'complete').map(({ label, outcome, opinion }) => [label, outcome, opinion])
    assert.deepEqual(offered, [['签收', 'sign', 'optional'], ['退回发文单位', 'reject', 'required']])
    assert.equal(codeOf(await act('lida', theirs, { outcome: 'reject' })), 'documents.return.reason')
    ok(await act('lida', theirs, { outcome: 'reject', opinion: '附件二缺页，请补正后重新发送' }))
    assert.equal((await read('lida', theirs)).state, 'returned')
    const row = (await panel('hanxuemei', sent.id)).items.find(({ organisationId }) => organisationId === unitId('construction'))
    assert.deepEqual([row?.state, row?.returnReason], ['returned', '附件二缺页，请补正后重新发送'])
    assert.ok((await notices('hanxuemei')).some((text) => text.startsWith('区建设管理委退回') && text.endsWith('附件二缺页，请补正后重新发送')))
  })

  test('silent: urged by the sender, reminded after a working day', async () => {
    const ask = await as('hanxuemei')
    assert.deepEqual((await panel('hanxuemei', sent.id)).may, ['urge', 'recall', 'add'])
    assert.deepEqual(ok(await ask('POST', '/api/documents/deliveries/urge', { outgoingId: sent.id, note: '请于今日内签收' })), { urged: 1 })
    assert.ok((await notices('zhangyan')).some((text) => text.includes('请签收') && text.includes('请于今日内签收')))
    const silent = (await panel('hanxuemei', sent.id)).items.find(({ organisationId }) => organisationId === unitId('market'))
    assert.deepEqual([silent?.state, silent?.urged, silent?.urgedAt], ['delivered', 1, now.toISOString()])
    now = new Date('2026-11-10T10:00:00Z')
    clients.clear()
    await fireTimers(server.runtime)
    assert.ok((await notices('zhangyan')).some((text) => text.includes('已经超期')))
  })

  test('the same after a restart', async () => {
    const second = openRuntime(server.url, server.runtime.dataDir, { services, modules: [{ definition, server: documents }], clock: () => now })
    for (const service of services) await service.sync?.(second)
    const again = await createServer(second, { version: 'again', trustProxy: false })
    const answer = await again.inject({ method: 'GET', url: `/api/documents/deliveries?outgoingId=${sent.id}`, headers: { cookie: await server.signIn('hanxuemei') } })
    const record = await again.inject({ method: 'GET', url: `${LIST}/${id}`, headers: { cookie: await server.signIn('wangjie') } })
    await again.close()
    await second.database.close()
    assert.deepEqual(answer.json<{ items: DeliveryWire[] }>().items.map(({ state }) => state).toSorted(), ['delivered', 'done', 'returned'])
    assert.deepEqual([record.json<RecordDetailWire>().number, record.json<RecordDetailWire>().state], ['收〔2026〕1号', 'done'])
  })
})

describe('what the sender may do later', () => {
  const title = '关于报送2026年度总结的通知'
  let sent: Sent
  before(async () => {
    sent = await send(to('market', 'xinjing'), { title })
  })
  const rowOf = async (key: string): Promise<DeliveryWire[]> => (await panel('hanxuemei', sent.id)).items.filter(({ organisationId }) => organisationId === unitId(key))
  const recall = async (login: string, key: string): Promise<Answer> =>
    (await as(login))('POST', '/api/documents/deliveries/recall', { deliveryId: (await rowOf(key)).at(-1)?.id, reason: '标题有误' })

  test('only those who distribute may, and only in their own organisation', async () => {
    assert.equal((await panel('zhoumuyuan', sent.id)).items.length, 2)
    assert.deepEqual((await panel('zhoumuyuan', sent.id)).may, [])
    assert.equal(codeOf(await recall('zhoumuyuan', 'xinjing')), 'access.denied')
    assert.equal(codeOf(await recall('zhengjie', 'xinjing')), 'documents.delivery.missing')
    assert.equal(codeOf(await (await as('hanxuemei'))('POST', '/api/documents/deliveries/recall', { deliveryId: sent.id, reason: '标题有误' })), 'documents.delivery.missing')
  })

  test('unsigned: recalled, with its to-do and its files', async () => {
    const { id } = await received('zhengjie', title)
    ok(await recall('hanxuemei', 'xinjing'))
    assert.deepEqual((await rowOf('xinjing')).map(({ state, recallReason }) => [state, recallReason]), [['recalled', '标题有误']])
    const left = await read('zhengjie', id)
    assert.deepEqual([left.state, left.values['main'], left.taskIds], ['recalled', null, []])
    assert.deepEqual((await box('zhengjie', 'todo')).filter(({ recordId }) => recordId === id), [])
    assert.equal(await fileStatus('zhengjie', sent.pdf), 404)
    assert.equal(codeOf(await recall('hanxuemei', 'xinjing')), 'documents.delivery.signed')
  })

  test('further recipients, and once more to those from whom it was recalled', async () => {
    const add = async (...keys: string[]): Promise<unknown> => ok(await (await as('hanxuemei'))('POST', '/api/documents/deliveries/add', { outgoingId: sent.id, recipients: to(...keys) }))
    assert.deepEqual(await add('xinjing', 'market', 'emergency'), { delivered: 2 })
    assert.deepEqual(await add('xinjing', 'emergency'), { delivered: 0 })
    assert.deepEqual((await rowOf('xinjing')).map(({ state }) => state), ['recalled', 'delivered'])
    assert.equal(await fileStatus('zhengjie', sent.pdf), 200)
    const inner = await (await as('hanxuemei'))('POST', '/api/documents/deliveries/add', { outgoingId: sent.id, recipients: to('market/food') })
    assert.equal(codeOf(inner), 'documents.delivery.organisation')
  })

  test('签收 and recall at once: one of them', async () => {
    const { id } = await received('zhangyan', title)
    const [signed, recalled] = await Promise.all([act('zhangyan', id, { outcome: 'sign' }), recall('hanxuemei', 'market')])
    assert.deepEqual([signed.status, recalled.status].toSorted(), [200, 409], JSON.stringify([signed.body, recalled.body]))
    const [row] = await rowOf('market')
    assert.deepEqual([row?.state, (await read('zhangyan', id)).state], signed.status === 200 ? ['signed', 'signed'] : ['recalled', 'recalled'])
  })
})

describe('inside the organisation', () => {
  const paper = { sender: '上海市应急管理局', senderNumber: '沪应急〔2026〕88号', subject: '关于印发冬季安全检查方案的通知', urgency: 'urgent', docType: 'notice' }
  const create = async (login: string, values: object): Promise<Answer> => (await as(login))('POST', LIST, { values })
  const start = async (login: string, { id, version }: RecordDetailWire): Promise<RecordDetailWire> => ok(await (await as(login))('POST', `${LIST}/${id}/start`, { version }))

  test('paper is registered by the 收发员 alone, and starts at 登记', async () => {
    assert.equal(codeOf(await create('jiangheping', paper)), 'access.denied')
    assert.equal(codeOf(await create('wangjie', { ...paper, source: 'exchange' })), 'records.invalid')
    const begun = await start('wangjie', ok<RecordDetailWire>(await create('wangjie', paper)))
    assert.deepEqual([begun.state, begun.values['receivedAt'], begun.values['source']], ['signed', now.toISOString(), 'paper'])
    ok(await write('qiukeqi', begun.id, { kind: 'handle' }))
    ok(await act('qiukeqi', begun.id))
    const { number, values } = await read('qiukeqi', begun.id)
    assert.deepEqual([number, values['dueOn']], ['收〔2026〕2号', '2026-11-13'], 'urgent: three working days')
    assert.equal(codeOf(await (await as('zhangyan'))('GET', `${LIST}/${begun.id}`)), 'records.missing')
  })

  test('退回 to 登记 keeps the number; 撤回 before the leader acts; without leaders straight on', async () => {
    const { id } = await start('wangjie', ok<RecordDetailWire>(await create('wangjie', { ...paper, subject: '关于开展联合执法的函' })))
    ok(await write('qiukeqi', id, { kind: 'handle' }))
    ok(await act('qiukeqi', id))
    ok(await act('shenxiaoxuan', id, { operation: 'return', target: 'paper', opinion: '来文类别未填' }))
    ok(await write('qiukeqi', id, { category: 'letter' }))
    ok(await act('qiukeqi', id))
    assert.equal((await read('qiukeqi', id)).number, '收〔2026〕3号')
    ok(await write('shenxiaoxuan', id, { proposal: '请局长阅示', leaders: [personId('luzhengyang')] }))
    ok(await act('shenxiaoxuan', id))
    ok(await (await as('shenxiaoxuan'))('POST', `/api/cases/${(await read('shenxiaoxuan', id)).caseId}/act`, { operation: 'withdraw', opinion: '改由科室直接办理' }))
    ok(await write('shenxiaoxuan', id, { leaders: null }))
    assert.equal(codeOf(await act('shenxiaoxuan', id)), 'documents.lead.missing')
    ok(await write('shenxiaoxuan', id, { lead: unitId('emergency/command') }))
    ok(await act('shenxiaoxuan', id))
    assert.equal((await read('shenxiaoxuan', id)).state, 'handling')
    ok(await (await as('shenxiaoxuan'))('POST', `/api/cases/${(await read('shenxiaoxuan', id)).caseId}/act`, { operation: 'urge', opinion: '请今日办结' }))
    assert.ok((await notices('wenganchen')).some((text) => text === '关于开展联合执法的函 请今日办结'))
    assert.ok(!(await notices('wenganchen')).some((text) => text === '关于开展联合执法的函 已经超期'))
    now = new Date('2026-11-13T10:00:00Z')
    clients.clear()
    await fireTimers(server.runtime)
    assert.ok((await notices('wenganchen')).some((text) => text === '关于开展联合执法的函 已经超期'), 'due by its own time limit')
  })

  test('阅件: 传阅 instead of 承办', async () => {
    const { id } = await start('wangjie', ok<RecordDetailWire>(await create('wangjie', { ...paper, subject: '每日要情第320期' })))
    ok(await write('qiukeqi', id, { kind: 'read' }))
    ok(await act('qiukeqi', id))
    assert.equal((await read('qiukeqi', id)).values['dueOn'], null)
    ok(await write('shenxiaoxuan', id, { proposal: '请局领导传阅', readers: [personId('luzhengyang'), personId('xujingxing')] }))
    ok(await act('shenxiaoxuan', id))
    assert.equal((await read('qiukeqi', id)).state, 'circulating')
    await settleEvents()
    const [reading] = (await box('luzhengyang', 'toread')).filter(({ recordId }) => recordId === id)
    ok(await (await as('luzhengyang'))('POST', `/api/readings/${reading?.id}/read`, {}))
    ok(await act('qiukeqi', id))
    ok(await write('qiukeqi', id, { result: '已传阅' }))
    ok(await act('qiukeqi', id))
    assert.equal((await read('qiukeqi', id)).state, 'done')
  })

  test('where nobody receives by role the head does, and a unit without anybody is named', async () => {
    const chief = await received('chenliqun', (await send(to('government'), { title: '关于区政府领导分工调整的请示' })).title)
    assert.deepEqual([chief.state, (await taskOf('chenliqun', chief.id)).why], ['received', '区政府单位主要负责人'])
    await assert.rejects(send(to('district'), { title: '无人签收的通知' }), { code: 'documents.delivery.nobody', details: { name: '长宁区' } })
  })

  test('limits of the own organisation: set by its administrator, for later documents', async () => {
    const path = '/api/documents/time-limits'
    assert.deepEqual(ok(await (await as('jiangheping'))('GET', path)), { normal: 7, urgent: 3, 'most-urgent': 0 })
    const wanted = { normal: 5, urgent: 2, 'most-urgent': 0 }
    assert.equal(codeOf(await (await as('jiangheping'))('POST', `${path}/set`, wanted)), 'access.denied')
    assert.deepEqual(ok(await (await as('panyueming'))('POST', `${path}/set`, wanted)), wanted)
    assert.deepEqual(ok(await (await as('zhangyan'))('GET', path)), { normal: 7, urgent: 3, 'most-urgent': 0 })
    const { id } = await start('wangjie', ok<RecordDetailWire>(await create('wangjie', { ...paper, subject: '关于加急报送数据的通知' })))
    ok(await write('qiukeqi', id, { kind: 'handle' }))
    ok(await act('qiukeqi', id))
    assert.equal((await read('qiukeqi', id)).values['dueOn'], '2026-11-17')
  })

  test('numbers of the own organisation, and the ledger as a workbook', async () => {
    now = new Date('2026-11-16T01:00:00Z')
    clients.clear()
    const ask = await as('songyiran')
    const count = async (by: string): Promise<{ items: IncomingCountsWire[]; total: IncomingCountsWire }> => ok(await ask('GET', `/api/documents/incoming-statistics?year=2026&by=${by}`))
    const { items, total } = await count('month')
    assert.deepEqual(items.map(({ key }) => key), ['2026-11'])
    assert.deepEqual({ ...items[0], key: '', label: '合计' }, total)
    assert.deepEqual([total.received, total.done, total.returned, total.overdue, total.averageDays], [6, 2, 0, 2, 0])
    assert.deepEqual((await count('category')).items.map(({ label, received: n }) => [label, n]), [['未填写', 4], ['信函', 1], ['上级来文', 1]])
    assert.deepEqual(ok<{ total: IncomingCountsWire }>(await (await as('zhangyan'))('GET', '/api/documents/incoming-statistics?year=2025')).total.received, 0)
    assert.equal(codeOf(await (await as('jiangheping'))('GET', '/api/documents/incoming-statistics?year=2026')), 'access.denied')
    const book = await server.app.inject({ method: 'GET', url: '/api/records/documents_incoming/export', headers: { cookie: await server.signIn('songyiran') } })
    assert.deepEqual([book.statusCode, book.rawPayload.subarray(0, 2).toString()], [200, 'PK'])
  })
})

test('依次传阅: one reader after the other, each once the one before has read it', async () => {
  const title = '关于报送半年工作总结的通知'
  await send(to('emergency'), { title })
  const { id } = await received('wangjie', title)
  ok(await act('wangjie', id, { outcome: 'sign' }))
  ok(await write('qiukeqi', id, { kind: 'read' }))
  ok(await act('qiukeqi', id))
  const secretary = (await sql<{ person_id: string }>`
    select a.person_id from workflow_actor a join workflow_case c on c.id = a.case_id where c.record_id = ${id} and a.status = 'open'`.execute(server.runtime.db)).rows[0]?.person_id
  const login = LOGINS.get(secretary ?? '') ?? assert.fail('nobody proposes')
  ok(await write(login, id, { proposal: '请传阅。', readers: ['songyiran', 'panyueming', 'xujingxing'].map(personId), readingOrder: 'in-turn' }))
  ok(await act(login, id))
  const holds = async (): Promise<string[]> => {
    await settleEvents()
    const found = await Promise.all(['songyiran', 'panyueming', 'xujingxing'].map(async (one) => ((await box(one, 'toread')).some(({ recordId }) => recordId === id) ? [one] : [])))
    return found.flat()
  }
  for (const reader of ['songyiran', 'panyueming', 'xujingxing']) {
    assert.deepEqual(await holds(), [reader])
    const copy = (await box(reader, 'toread')).find(({ recordId }) => recordId === id)
    ok(await (await as(reader))('POST', `/api/readings/${copy?.id}/read`, {}))
  }
  assert.deepEqual(await holds(), [])
})
