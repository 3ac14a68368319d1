/** The drafting rules on a real database: relations out of the organisation tree, 会签, decisions of the organisation, and 复核 before a number is given. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { actorAs } from '#apps/demonstration.ts'
import { services } from '#apps/services.ts'
import type { Finding } from '#modules/documents/checks/finding.ts'
import { paragraph } from '#modules/documents/data/samples/build.ts'
import { definition } from '#modules/documents/module.ts'
import { Org } from '#platform/org/contract.ts'
import { Records } from '#platform/records/contract.ts'
import { testServer } from '#test/http.ts'
import type { Answer, TestServer } from '#test/http.ts'
import { unitId } from '#test/world/units.ts'
import { personId } from '#test/world/world.ts'
import { server as documents } from '../index.ts'
import { doStep, stageOf } from '../incoming/seed-stage.ts'
import { COLD_WAVE } from './seed-texts.ts'

const ENTITY = 'documents_outgoing'

let it: TestServer
before(async () => {
  it = await testServer({ services, modules: [{ definition, server: documents }], clock: () => new Date('2026-11-20T02:00:00Z') })
})
after(() => it.close())

const codeOf = ({ body }: Answer): string => (body['error'] as { code: string } | undefined)?.code ?? 'done'

async function draft(values: object): Promise<{ id: string; version: number }> {
  const answer = await (await it.as('linxiaowen'))('POST', `/api/records/${ENTITY}`, { values: { secrecy: 'none', disclosure: 'on-request', signer: personId('zhoumuyuan'), ...COLD_WAVE, ...values } })
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  return answer.body as unknown as { id: string; version: number }
}
const start = async ({ id, version }: { id: string; version: number }): Promise<Answer> => (await it.as('linxiaowen'))('POST', `/api/records/${ENTITY}/${id}/start`, { version })
async function found(id: string, rule: string, stage = 'drafting'): Promise<[string, string][]> {
  const { body } = await (await it.as('linxiaowen'))('GET', `/api/documents/checks?id=${id}&stage=${stage}`)
  return (body['findings'] as Finding[]).filter((finding) => finding.rule === rule).map(({ severity, message }) => [severity, message])
}
async function approve(id: string, ...logins: string[]): Promise<void> {
  for (const login of logins) await doStep(it.runtime, await actorAs(it.runtime, login), id, { entity: ENTITY, outcome: 'approve' })
}
async function reviewed(id: string): Promise<void> {
  const unit = await it.runtime.query(null, (ctx) => ctx.use(Org).unit(unitId('office/secretary-1')))
  await doStep(it.runtime, await stageOf(it.runtime).holder('department-head', unit ?? assert.fail('no unit')), id, { entity: ENTITY, outcome: 'approve' })
  await approve(id, 'guyuncheng', 'hexiangdong')
}

const UP = {
  subject: '上海市长宁区人民政府办公室关于追加专项经费的请示', docType: 'request', direction: 'up', addressees: '上海市人民政府', recipients: [], contactName: '林晓雯', contactPhone: '021-22050000', note: null,
  body: { blocks: [paragraph('需追加经费。'), paragraph('妥否，请批示。')] },
}

test('a request is not copied to lower bodies, named in print or only chosen; the organisation may make it a hint', async () => {
  assert.deepEqual(await found((await draft(UP)).id, 'G1'), [])
  assert.deepEqual(await found((await draft({ ...UP, copies: '区委办公室，上海市财政局' })).id, 'G1'), [])
  const printed = await draft({ ...UP, copies: '区应急局' })
  assert.deepEqual(await found(printed.id, 'G1'), [['stop', '请示不得抄送下级机关，请去掉“区应急局”']])
  const chosen = await draft({ ...UP, copies: '区委办公室', copyTo: [unitId('party-office'), unitId('hongqiao')] })
  assert.deepEqual(await found(chosen.id, 'G1'), [['stop', '请示不得抄送下级机关，请去掉“虹桥街道”']])
  assert.deepEqual(await found((await draft({ ...UP, addressees: '区应急局' })).id, 'G3'), [['hint', '“区应急局”不是本机关的上级机关，请核对主送机关，或改用函']])
  assert.equal(codeOf(await start(chosen)), 'documents.draft.stop')

  const head = await it.as('hexiangdong')
  const decide = (rule: string, severity: string): Promise<Answer> => head('POST', '/api/documents/rules/decide', { rule, severity })
  assert.equal(codeOf(await (await it.as('linxiaowen'))('POST', '/api/documents/rules/decide', { rule: 'G1', severity: 'hint' })), 'access.denied')
  assert.equal(codeOf(await decide('G12', 'off')), 'documents.rule.fixed')
  assert.equal(codeOf(await decide('G1', 'hint')), 'done')
  const rules = (await head('GET', '/api/documents/rules')).body['items'] as { rule: string; severity: string; fixed: boolean }[]
  assert.deepEqual(rules.filter(({ severity, fixed }) => severity !== 'usual' || fixed).map(({ rule, severity }) => [rule, severity]), [['G1', 'hint'], ['G12', 'usual']])
  assert.deepEqual((await found(chosen.id, 'G1')).map(([severity]) => severity), ['hint'])
  assert.equal(codeOf(await start(chosen)), 'done')
  assert.equal(codeOf(await decide('G1', 'usual')), 'done')
  assert.deepEqual((await found(printed.id, 'G1')).map(([severity]) => severity), ['stop'])
})

test('会签 is given to the checks, and a document that lacks one is not numbered', async () => {
  const made = await draft({ recipients: [unitId('emergency')], cosigners: [unitId('construction'), unitId('market')] })
  assert.deepEqual(await found(made.id, 'G6', 'issuing'), [['stop', '“区建设管理委、区市场监管局”尚未会签，会签完成后方可签发']])
  assert.equal(codeOf(await start(made)), 'done')
  await reviewed(made.id)
  await approve(made.id, 'gaozhiyuan')
  assert.deepEqual(await found(made.id, 'G6', 'issuing'), [['stop', '“区市场监管局”尚未会签，会签完成后方可签发']])
  await approve(made.id, 'fanqiuyu')
  assert.deepEqual(await found(made.id, 'G6', 'issuing'), [])
  await approve(made.id, 'zhoumuyuan')
  await it.runtime.command(null, (ctx) => ctx.use(Records).set(ENTITY, made.id, { values: { cosigners: ['construction', 'market', 'xinjing'].map(unitId) } }))
  const registrar = await actorAs(it.runtime, 'hanxuemei')
  await assert.rejects(doStep(it.runtime, registrar, made.id, { entity: ENTITY }), { code: 'documents.issue.stop' })
  const { body } = await (await it.as('linxiaowen'))('GET', `/api/records/${ENTITY}/${made.id}`)
  assert.deepEqual([body['state'], body['number']], ['numbering', null])
})

test('a 规范性文件 passes its legal review on the way', async () => {
  const made = await draft({ recipients: [unitId('emergency')], normative: true })
  assert.equal((await found(made.id, 'G14', 'issuing')).filter(([severity]) => severity === 'stop').length, 1)
  assert.equal(codeOf(await start(made)), 'done')
  await reviewed(made.id)
  await approve(made.id, 'hexiangdong')
  assert.deepEqual((await found(made.id, 'G14', 'issuing')).filter(([severity]) => severity === 'stop'), [])
  await approve(made.id, 'zhoumuyuan')
  await doStep(it.runtime, await actorAs(it.runtime, 'hanxuemei'), made.id, { entity: ENTITY })
  const { body } = await (await it.as('linxiaowen'))('GET', `/api/records/${ENTITY}/${made.id}`)
  assert.equal(body['state'], 'proofing')
})
