/** 发文 from the draft to the organisations that receive it, over HTTP on a real database. */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { fromBuffer } from 'yauzl'
import type { Entry } from 'yauzl'
import { services } from '#apps/services.ts'
import type { RecordDetailWire } from '#kit/wire/record.ts'
import type { TaskWire } from '#kit/wire/task.ts'
import { Files } from '#platform/files/contract.ts'
import { Workflow } from '#platform/workflow/contract.ts'
import { testServer } from '#test/http.ts'
import type { Answer, Client, TestServer } from '#test/http.ts'
import { measurePdf } from '#test/pdf/measure.ts'
import { unitId } from '#test/world/units.ts'
import { generate, personId } from '#test/world/world.ts'
import { bodyText } from './body.ts'
import { DEMO_NOTICE } from './data/samples/notice.ts'
import { definition } from './module.ts'
import { server as documentsServer } from './server/index.ts'

const LOGINS = new Map(generate().accounts.map(({ login, personId: id }) => [id, login]))
const ENTITY = 'documents_outgoing'
const OTHERS = ['construction', 'market'].map(unitId)

let it: TestServer
before(async () => {
  it = await testServer({ services, modules: [{ definition, server: documentsServer }], clock: () => new Date('2026-11-20T02:00:00Z') })
})
after(() => it.close())

function ok<T = Answer['body']>({ status, body }: Answer): T {
  assert.equal(status, 200, JSON.stringify(body))
  return body as T
}
const codeOf = ({ body }: Answer): string => (body['error'] as { code: string } | undefined)?.code ?? 'done'

const clients = new Map<string, Promise<Client>>()
function as(login: string): Promise<Client> {
  const client = clients.get(login) ?? it.as(login)
  clients.set(login, client)
  return client
}

const notice = (more: object = {}) => ({
  subject: DEMO_NOTICE.title, docType: 'notice', direction: 'down', format: 'document', urgency: 'urgent', secrecy: 'none', disclosure: 'active',
  addressees: '各街道办事处、新泾镇政府，区政府各委、办、局', recipients: [unitId('xinjing'), unitId('emergency')], copies: '区委办公室', copyTo: [unitId('hongqiao')],
  body: { blocks: DEMO_NOTICE.body.map((block) => (block.type === 'paragraph' ? { ...block, text: [{ text: block.text.map(({ text }) => text).join('').replaceAll('附件', '清单') }] } : block)) },
  cosigners: OTHERS, signer: personId('zhoumuyuan'), note: '此件公开发布', ...more,
})
const bodyOf = (values: Readonly<Record<string, unknown>>) => (values['body'] as { blocks: Parameters<typeof bodyText>[0] }).blocks

const draft = async (more: object = {}): Promise<RecordDetailWire> => ok<RecordDetailWire>(await (await as('linxiaowen'))('POST', `/api/records/${ENTITY}`, { values: notice(more) }))
const start = async ({ id, version }: RecordDetailWire): Promise<Answer> => (await as('linxiaowen'))('POST', `/api/records/${ENTITY}/${id}/start`, { version })
const read = async (login: string, id: string): Promise<RecordDetailWire> => ok<RecordDetailWire>(await (await as(login))('GET', `/api/records/${ENTITY}/${id}`))

/** Logins with an open part in the case of a record. */
async function holders(id: string): Promise<string[]> {
  const { rows } = await sql<{ person_id: string }>`
    select a.person_id from workflow_actor a join workflow_case c on c.id = a.case_id where c.record_id = ${id} and a.status = 'open'`.execute(it.runtime.db)
  return rows.map(({ person_id }) => LOGINS.get(person_id) ?? '').toSorted()
}
async function taskOf(login: string, id: string): Promise<TaskWire> {
  const [taskId = ''] = (await read(login, id)).taskIds
  return ok<TaskWire>(await (await as(login))('GET', `/api/tasks/${taskId}`))
}
async function act(login: string, id: string, more: object): Promise<Answer> {
  const { id: taskId, revision } = await taskOf(login, id)
  return (await as(login))('POST', `/api/tasks/${taskId}/act`, { operation: 'complete', revision, ...more })
}
const approve = async (login: string, id: string, opinion?: string): Promise<void> => void ok(await act(login, id, { outcome: 'approve', opinion }))

/** Everybody in turn agrees until the document stands with one of these. */
async function approveUntil(id: string, ...wanted: string[]): Promise<void> {
  for (let round = 0; round < 10; round++) {
    const now = await holders(id)
    if (wanted.every((login) => now.includes(login))) return
    await approve(now[0] ?? assert.fail('nobody has it'), id)
  }
  assert.fail(`never reached ${wanted.join()}`)
}

const squeeze = (text: string): string => text.replaceAll(/\s/gu, '')

test('the whole path: reviewed, sent back out of the countersigning, taken back, signed, numbered, typeset, delivered', async () => {
  const made = await draft()
  const { findings } = ok<{ findings: { severity: string; message: string }[] }>(await (await as('linxiaowen'))('GET', `/api/documents/checks?id=${made.id}`))
  assert.deepEqual(findings.filter(({ severity }) => severity === 'stop'), [])
  const { id } = ok<RecordDetailWire>(await start(made))
  await approveUntil(id, 'gaozhiyuan', 'fanqiuyu')
  assert.deepEqual(await holders(id), ['fanqiuyu', 'gaozhiyuan'])

  const task = await taskOf('gaozhiyuan', id)
  const target = task.operations.find(({ id: operation }) => operation === 'return')?.targets?.find(({ node }) => node === 'revise') ?? assert.fail(JSON.stringify(task.operations))
  ok(await act('gaozhiyuan', id, { operation: 'return', target: target.node, afterwards: 'jump-back', opinion: '请补充工程类检查要求' }))
  const back = await holders(id)
  assert.ok(back.includes('guyuncheng') || back.includes('hexiangdong'), back.join())
  await approveUntil(id, 'gaozhiyuan')
  await approve('gaozhiyuan', id, '同意')
  if ((await holders(id)).includes('fanqiuyu')) await approve('fanqiuyu', id, '无意见')
  assert.deepEqual(await holders(id), ['zhoumuyuan'])

  await approve('zhoumuyuan', id, '同意，请印发。')
  assert.deepEqual(await holders(id), ['hanxuemei'])
  const registrar = await as('hanxuemei')
  const next = ok<{ n: number; text: string }>(await registrar('GET', `/api/documents/next-number?id=${id}`))
  assert.deepEqual(next, { n: 1, text: '长府办〔2026〕1号' })
  ok(await act('hanxuemei', id, { outcome: 'next' }))
  const set = await read('hanxuemei', id)
  assert.deepEqual([set.number, set.state, set.values['signedOn']], ['长府办〔2026〕1号', 'proofing', '2026-11-20'])

  const [pdf = ''] = set.values['pdf'] as string[]
  const bytes = await it.runtime.query(null, (ctx) => ctx.use(Files).read(pdf))
  const printed = squeeze((await measurePdf(bytes)).map(({ texts }) => texts.map(({ text }) => text).join('')).join('')).replaceAll(/—\d+—/g, '')
  for (const line of bodyText(bodyOf(set.values)).split('\n')) assert.ok(printed.includes(squeeze(line)), line)

  ok(await act('hanxuemei', id, { outcome: 'next' }))
  assert.equal((await read('linxiaowen', id)).state, 'issued')
  const { items } = ok<{ items: { organisationId: string; state: string; role: string }[] }>(await (await as('linxiaowen'))('GET', `/api/documents/deliveries?outgoingId=${id}`))
  assert.deepEqual(items.map(({ role, state }) => `${role} ${state}`).toSorted(), ['copy delivered', 'main delivered', 'main delivered'])
  const { items: todos } = ok<{ items: { entity: string; title: string }[] }>(await (await as('wangjie'))('GET', '/api/todos?box=todo'))
  assert.deepEqual(todos.map(({ entity, title }) => [entity, title]), [['documents_incoming', DEMO_NOTICE.title]])
  const sheet = ok<{ title: string; pages: string[] }>(await (await as('linxiaowen'))('GET', `/api/documents/outgoing-sheet?id=${id}`))
  assert.equal(sheet.pages.length, 1)
})

test('who took a step takes it back until the next one acts', async () => {
  const { id } = ok<RecordDetailWire>(await start(await draft({ cosigners: [] })))
  await approveUntil(id, 'hexiangdong')
  await approve('hexiangdong', id)
  assert.deepEqual(await holders(id), ['zhoumuyuan'])
  const { caseId, acts } = await read('hexiangdong', id)
  assert.ok(acts.includes('withdraw'), acts.join())
  assert.ok(!(await read('guyuncheng', id)).acts.includes('withdraw'), 'somebody acted after her')
  ok(await (await as('hexiangdong'))('POST', `/api/cases/${caseId}/act`, { operation: 'withdraw' }))
  assert.deepEqual(await holders(id), ['hexiangdong'])
})

test('a reviser changes words, and the versions tell who changed which', async () => {
  const { id } = ok<RecordDetailWire>(await start(await draft({ cosigners: [] })))
  await approveUntil(id, 'guyuncheng')
  const { values, version } = await read('guyuncheng', id)
  const blocks = bodyOf(values).map((block, index) => (index === 0 ? { type: 'paragraph' as const, text: [{ text: '根据市政府统一部署，现就有关事项通知如下。' }] } : block))
  ok(await (await as('guyuncheng'))('PATCH', `/api/records/${ENTITY}/${id}`, { version, values: { body: { blocks } } }))
  const { items } = ok<{ items: { by: string }[] }>(await (await as('linxiaowen'))('GET', `/api/documents/versions?id=${id}`))
  assert.deepEqual(items.map(({ by }) => by), ['林晓雯', '顾云程'])
  const { blocks: compared } = ok<{ blocks: { state: string; by?: string }[] }>(await (await as('linxiaowen'))('GET', `/api/documents/compare?id=${id}`))
  assert.ok(JSON.stringify(compared).includes('根据市政府统一部署'))
  assert.ok(JSON.stringify(compared).includes('顾云程'))
})

test('a draft with a stop is not handed in and stays as it was', async () => {
  const made = await draft({ docType: 'request' })
  const refused = await start(made)
  assert.deepEqual([refused.status, codeOf(refused)], [422, 'documents.draft.stop'])
  assert.equal((await read('linxiaowen', made.id)).state, 'draft')
})

test('a number that is taken is refused with its text; nothing moves', async () => {
  const { id } = ok<RecordDetailWire>(await start(await draft({ cosigners: [] })))
  await approveUntil(id, 'zhoumuyuan')
  await approve('zhoumuyuan', id)
  const { version } = await read('hanxuemei', id)
  ok(await (await as('hanxuemei'))('PATCH', `/api/records/${ENTITY}/${id}`, { version, values: { serial: 1 } }))
  const refused = await act('hanxuemei', id, { outcome: 'next' })
  assert.deepEqual([refused.status, codeOf(refused)], [409, 'numbering.taken'])
  assert.equal((await read('hanxuemei', id)).state, 'numbering')
})

test('another organisation finds no trace of a document it has no part in', async () => {
  const { id } = ok<RecordDetailWire>(await start(await draft({ cosigners: [] })))
  const other = await as('yeqingqing')
  assert.equal((await other('GET', `/api/records/${ENTITY}/${id}`)).status, 404)
  assert.equal((await other('GET', `/api/documents/preview?id=${id}`)).status, 404)
  assert.equal((await other('GET', `/api/documents/outgoing-sheet?id=${id}`)).status, 404)
  const { items } = ok<{ items: { id: string }[] }>(await other('GET', `/api/records/${ENTITY}`))
  assert.ok(items.every((item) => item.id !== id))
})

test('a body that is none, or too large, is refused by name', async () => {
  const post = async (body: unknown): Promise<string> => codeOf(await (await as('linxiaowen'))('POST', `/api/records/${ENTITY}`, { values: { subject: '测试', body } }))
  assert.equal(await post({ blocks: [{ type: 'script', text: [] }] }), 'documents.body.shape')
  assert.equal(await post({ blocks: Array.from({ length: 3001 }, () => ({ type: 'paragraph', text: [{ text: '字' }] })) }), 'documents.body.large')
})

test('a change of the text at 复核 goes back to the signer; the sheet keeps every round', async () => {
  const { id } = ok<RecordDetailWire>(await start(await draft({ cosigners: [] })))
  await approveUntil(id, 'zhoumuyuan')
  ok(await act('zhoumuyuan', id, { operation: 'return', target: 'revise', opinion: '请补充依据' }))
  await approveUntil(id, 'zhoumuyuan')
  await approve('zhoumuyuan', id, '同意')
  const change = async (values: object): Promise<void> => {
    const { version } = await read('hanxuemei', id)
    ok(await (await as('hanxuemei'))('PATCH', `/api/records/${ENTITY}/${id}`, { version, values }))
  }
  const before = await read('hanxuemei', id)
  const blocks = [...bodyOf(before.values), { type: 'paragraph' as const, text: [{ text: '特此通知。' }] }]
  await change({ body: { blocks }, printCopies: 80 })
  ok(await act('hanxuemei', id, { outcome: 'next' }))
  assert.deepEqual(await holders(id), ['zhoumuyuan'])
  const again = await read('zhoumuyuan', id)
  assert.deepEqual([again.state, again.number, again.values['changedSince']], ['signing', null, true])
  await approve('zhoumuyuan', id, '同意改动')
  await change({ printCopies: 90, copies: '区委办公室，区人大常委会办公室' })
  ok(await act('hanxuemei', id, { outcome: 'next' }))
  const numbered = await read('hanxuemei', id)
  assert.deepEqual([numbered.state, numbered.values['changedSince']], ['proofing', false])
  assert.match(numbered.number ?? '', /^长府办〔2026〕\d+号$/)

  const opinions = await it.runtime.query(null, (ctx) => ctx.use(Workflow).opinions(numbered.caseId ?? '', { allRounds: true }))
  const signing = opinions.filter(({ node }) => node === 'sign').map(({ outcome, opinion, superseded }) => [outcome, opinion, superseded])
  assert.deepEqual(signing, [['return', '请补充依据', true], ['approve', '同意', true], ['approve', '同意改动', false]])
  assert.equal(opinions.filter(({ node }) => node === 'revise').length, 4, 'both rounds of 核稿')
})

const inflate = (bytes: Uint8Array): Promise<ReadonlyMap<string, Buffer>> => {
  const { promise, resolve, reject } = Promise.withResolvers<ReadonlyMap<string, Buffer>>()
  const files = new Map<string, Buffer>()
  fromBuffer(Buffer.from(bytes), { lazyEntries: true }, (error, zip) => {
    if (error) return reject(error)
    zip.on('end', () => resolve(files))
    zip.on('entry', (entry: Entry) => zip.openReadStream(entry, async (problem, stream) => {
      if (problem) return reject(problem)
      files.set(entry.fileName, Buffer.concat(await stream.toArray()))
      zip.readEntry()
    }))
    zip.readEntry()
  })
  return promise
}

test('an issued document is archived with its period: 档号, the sheet, and a package whose digests hold; it is never made void', async () => {
  const { id, caseId } = ok<RecordDetailWire>(await start(await draft({ cosigners: [] })))
  await approveUntil(id, 'hanxuemei')
  for (const _ of ['复核登记', '校对分发']) ok(await act('hanxuemei', id, { outcome: 'next' }))
  const waiting = await read('hanxuemei', id)
  assert.equal(waiting.state, 'issued')
  assert.equal(codeOf(await (await as('linxiaowen'))('POST', `/api/cases/${caseId}/act`, { operation: 'terminate', opinion: '不发了' })), 'documents.void.issued')
  assert.equal((await act('hanxuemei', id, { outcome: 'next' })).status, 422, 'not without a period')
  ok(await (await as('hanxuemei'))('PATCH', `/api/records/${ENTITY}/${id}`, { version: waiting.version, values: { retention: 'thirty' } }))
  ok(await act('hanxuemei', id, { outcome: 'next' }))
  const archived = await read('linxiaowen', id)
  assert.deepEqual([archived.state, archived.values['archiveNumber'], archived.values['archivedOn']], ['archived', 'WS·2026-D30-0001', '2026-11-20'])
  const [file = ''] = archived.values['archive'] as string[]
  const files = await inflate(await it.runtime.query(null, (ctx) => ctx.use(Files).read(file)))
  const folder = '电子档案/WS-2026-D30-0001'
  assert.deepEqual([...files.keys()], ['说明文件.txt', '目录文件.xml', `${folder}/正本.pdf`, `${folder}/处理单.pdf`, `${folder}/定稿.docx`, `${folder}/元数据.xml`, 'manifest.sm3'])
  const lines = (files.get('manifest.sm3')?.toString('utf8') ?? '').trim().split('\n').map((line) => line.split('  '))
  assert.equal(lines.length, 6)
  for (const [digest, name = ''] of lines) assert.equal(createHash('sm3').update(files.get(name) ?? '').digest('hex'), digest, name)
  const metadata = files.get(`${folder}/元数据.xml`)?.toString('utf8') ?? ''
  for (const part of [archived.number ?? 'none', '<保管期限>30年</保管期限>', '<环节>签发</环节><办理人>周牧原</办理人>']) assert.ok(metadata.includes(part), part)
})
