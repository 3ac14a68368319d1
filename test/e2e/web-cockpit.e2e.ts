/** What whoever manages the flows sees and does on PC: running cases, statistics, and a new version from its first draft to the cases that follow it. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import Excel from 'exceljs'
import { sql } from 'kysely'
import type { Download, Page } from 'playwright-core'
import { LeaveRequest } from '#modules/leave/model.ts'
import { personId } from '../world/world.ts'
import { signedInPage } from './browser.ts'
import { openDistrict, PASSWORD } from './district.ts'
import type { District } from './district.ts'
import { layoutFaults } from './walk.ts'

let now = new Date('2026-11-20T02:00:00Z')
let district: District
before(async () => { district = await openDistrict(() => now) })
after(() => district.close())

const [WRITER, HEAD, MANAGER, PUBLISHER] = ['songyiran', 'xujingxing', 'panyueming', 'sysadmin']
const MODEL = `/api/flow-models/${LeaveRequest.name}`

const visit = (login: string, path: string): Promise<Page> => signedInPage(district, { login, password: PASSWORD }, path, { viewport: { width: 1280, height: 800 }, acceptDownloads: true })

async function station(page: Page, name: string): Promise<void> {
  assert.deepEqual(await layoutFaults(page), [], name)
  if (process.env['SCREENSHOTS'] !== undefined) await page.screenshot({ path: `${process.env['SCREENSHOTS']}/cockpit-${name}.png` })
}

async function call<T>(page: Page, method: 'get' | 'post', path: string, data?: object): Promise<T> {
  const answer = await page.request[method](district.address + path, data === undefined ? {} : { data })
  assert.ok(answer.ok(), await answer.text())
  return (await answer.json()) as T
}

/** Requests of the writer's, one day each, handed in. */
async function leave(...days: readonly string[]): Promise<void> {
  const page = await visit(WRITER, '/')
  const url = `/api/records/${LeaveRequest.name}`
  for (const day of days) {
    const period = { start: day, startHalf: 'am', end: day, endHalf: 'pm' }
    const { id, version } = await call<{ id: string; version: number }>(page, 'post', url, { values: { kind: 'personal', place: 'local', reason: '办理家庭事务', standIn: personId('wangjie'), period } })
    await call(page, 'post', `${url}/${id}/start`, { version })
  }
  await page.context().close()
}

/** Sends everything the head has on its way. */
async function approveAll(): Promise<void> {
  const page = await visit(HEAD, '/')
  const { items } = await call<{ items: { id: string; revision: number }[] }>(page, 'get', '/api/todos?box=todo&limit=50')
  for (const { id, revision } of items) await call(page, 'post', `/api/tasks/${id}/act`, { operation: 'complete', outcome: 'approve', opinion: '同意', revision })
  await page.context().close()
}

const ownModel = async (page: Page): Promise<string> => (await page.request.get(`${district.address}${MODEL}/1/bpmn`)).text()
const uploaded = async (page: Page, xml: string, note: string): Promise<number> => (await call<{ number: number }>(page, 'post', `${MODEL}/upload`, { xml, note })).number

async function cellsOf(download: Download): Promise<readonly string[]> {
  const book = new Excel.Workbook()
  await book.xlsx.readFile(await download.path())
  const cells: string[] = []
  book.worksheets[0]?.eachRow((row) => cells.push(...(row.values as unknown[]).slice(1).map(String)))
  return cells
}

const choose = async (page: Page, label: string, option: string | RegExp): Promise<void> => {
  await page.getByRole('combobox', { name: label, exact: true }).click()
  await page.locator('.ant-select-dropdown:visible .ant-select-item-option').filter({ hasText: option }).first().click()
}

test('running cases are filtered by how long they stand, the address says so, and what is filtered becomes a sheet', async () => {
  await leave('2026-12-01', '2026-12-03')
  now = new Date('2026-11-25T02:00:00Z')
  await leave('2026-12-07')
  const page = await visit(MANAGER, '/flows')
  const rows = page.locator('tr[data-row]')
  await rows.nth(2).waitFor()
  await station(page, 'runs')
  await choose(page, '停留天数', '停留 3 天以上')
  await page.waitForURL(/age=3/u)
  await page.waitForFunction(() => document.querySelectorAll('tr[data-row]').length === 2)
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '导出 XLSX' }).click()])
  const cells = await cellsOf(download)
  assert.deepEqual([cells.filter((cell) => cell === '请假审批').length, cells.includes('停留天数')], [2, true])
  await page.getByRole('tab', { name: '需要处理' }).click()
  await page.getByText('没有停滞的事项').waitFor()
  await page.goBack()
  await page.waitForFunction(() => document.querySelectorAll('tr[data-row]').length === 2)
  await page.context().close()
})

test('what keeps a case from going on is listed, with the ways out at the case itself', async () => {
  await sql`insert into workflow_stuck (case_id, at, reason, kind, step) select id, ${now}, '找不到“审批”的办理人', 'nobody', 'chain' from workflow_case order by started_at limit 1`.execute(district.runtime().db)
  const page = await visit(MANAGER, '/flows?tab=stuck')
  const row = page.locator('tr[data-row]', { hasText: '找不到“审批”的办理人' })
  await row.getByText('无人办理').waitFor()
  await station(page, 'stuck')
  await row.click()
  const troubles = page.getByRole('region', { name: '需要处理' })
  await troubles.getByRole('button', { name: '移交办理人' }).click()
  await page.getByRole('dialog', { name: '移交办理人' }).waitFor()
  await station(page, 'troubles')
  await sql`delete from workflow_stuck`.execute(district.runtime().db)
  await page.context().close()
})

test('statistics show what was finished; a process is looked at alone, and back again', async () => {
  await approveAll()
  const page = await visit(MANAGER, '/flows?tab=statistics&first=2026-11-01&last=2026-11-30')
  const steps = page.getByRole('region', { name: '按环节' })
  const line = steps.locator('tr', { hasText: '审批' }).filter({ hasText: '请假审批' })
  await line.waitFor()
  assert.equal(await line.locator('td').nth(2).textContent(), '3')
  await station(page, 'statistics')
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '导出 XLSX' }).click()])
  assert.ok((await cellsOf(download)).includes('审批'))
  await choose(page, '统计流程', '收文办理')
  await page.getByText('所选期间没有办结的环节').waitFor()
  await page.goBack()
  await line.waitFor()
  await page.context().close()
})

test('a model with an error is drawn, and a finding shows its place; it cannot be published', async () => {
  const page = await visit(PUBLISHER, '/models')
  const xml = await ownModel(page)
  const number = await uploaded(page, xml.replaceAll('"leave.chain"', '"leave.nobody"'), '办理人规则写错')
  await page.goto(`${district.address}/models?open=${LeaveRequest.name}&version=${number}`)
  const found = page.getByRole('region', { name: '检查结果' })
  await found.getByText('错误', { exact: true }).first().waitFor()
  const picture = page.getByRole('region', { name: '流程图' })
  await found.getByRole('button', { name: '审批', exact: true }).first().click()
  const step = picture.getByRole('button', { name: '审批，有错误' })
  assert.equal(await step.getAttribute('aria-pressed'), 'true')
  await page.waitForFunction(() => {
    const box = document.querySelector('[aria-pressed=true].pic-step')?.getBoundingClientRect()
    return box !== undefined && box.top >= 0 && box.bottom <= window.innerHeight
  })
  await station(page, 'broken')
  assert.equal(await page.getByRole('button', { name: '发布', exact: true }).isDisabled(), true)
  await page.context().close()
})

test('a new version is tried on paper: the way, people with reasons, and dates', async () => {
  const page = await visit(PUBLISHER, '/models')
  const xml = (await ownModel(page)).replaceAll('"chain"', '"cosign"').replaceAll('name="审批"', 'name="领导会签"')
  const number = await uploaded(page, xml, '改为领导会签')
  await page.context().close()
  const manager = await visit(MANAGER, '/flows?tab=simulation')
  await choose(manager, '流程', '请假审批')
  await choose(manager, '版本', new RegExp(`第 ${number} 版.*草稿`, 'u'))
  const person = async (at: number, name: string): Promise<void> => {
    const field = manager.locator('.flows-form .ant-select-content-value, .flows-form input[role=combobox]').nth(at)
    await field.fill(name)
    await manager.locator('.ant-select-dropdown:visible .ant-select-item-option').first().click()
  }
  await person(0, 'songyiran')
  await person(1, 'songyiran')
  await manager.getByLabel(/假别/u).fill('事假')
  await manager.locator('.ant-select-dropdown:visible .ant-select-item-option').filter({ hasText: '事假' }).first().click()
  const dates = manager.locator('.flows-form .ant-picker input')
  for (const at of [0, 1]) {
    await dates.nth(at).fill('2026-12-08')
    await dates.nth(at).press('Enter')
  }
  await manager.getByText('本市', { exact: true }).click()
  await manager.getByLabel(/事由/u).fill('办理家庭事务')
  await manager.getByRole('button', { name: '开始试算（不写入）' }).click()
  const way = manager.locator('.flows-step', { hasText: '领导会签' })
  await way.waitFor()
  assert.match(String(await way.textContent()), /许景行.*到达，时限 2026-11-.*依据：/u)
  await manager.getByText('流程可以办结').waitFor()
  await station(manager, 'simulation')
  await manager.context().close()
})

test('finished cases under the draft: each with what would be different', async () => {
  await sql`update workflow_case set status = 'ended', ended_at = ${now}, data = data || '{"status":"ended"}' where id = (select id from workflow_case order by started_at limit 1)`.execute(district.runtime().db)
  const page = await visit(MANAGER, '/flows?tab=replay')
  await choose(page, '流程', '请假审批')
  await choose(page, '版本', '草稿')
  await page.getByText('最近办结的 1 件中，1 件会有变化。', { exact: false }).waitFor()
  await page.getByText('增加“领导会签”', { exact: false }).waitFor()
  await page.getByText('不再经过“审批”', { exact: false }).waitFor()
  await station(page, 'replay')
  await page.context().close()
})

test('cases under way follow the new version: tried, carried out, reported; then the old version is taken again', async () => {
  const publisher = await visit(PUBLISHER, '/models')
  const { items } = await call<{ items: { number: number; errors: number; state: string }[] }>(publisher, 'get', MODEL)
  const number = items.find(({ errors, state }) => errors === 0 && state === 'draft')?.number ?? assert.fail('no draft')
  const { warnings } = await call<{ warnings: number }>(publisher, 'get', `${MODEL}/${number}`)
  await call(publisher, 'post', `${MODEL}/publish`, { number, warnings, note: '改为领导会签' })
  const page = await visit(MANAGER, '/flows?tab=migration')
  await choose(page, '要迁移的流程', '请假审批')
  await choose(page, '原版本', '第 1 版')
  await choose(page, '新版本', `第 ${number} 版`)
  await page.getByRole('button', { name: '试迁移（不写入）' }).click()
  await page.getByText('共 2 件：可迁移 2 件', { exact: false }).waitFor()
  await station(page, 'migration')
  assert.equal(await page.getByRole('button', { name: '迁移 2 件' }).isDisabled(), true)
  await page.getByLabel('迁移理由').fill('执行新的请假办法')
  await page.getByRole('button', { name: '迁移 2 件' }).click()
  await page.getByText('已迁移 2 件').waitFor()
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '导出报告（XLSX）' }).click()])
  assert.equal((await cellsOf(download)).filter((cell) => cell === '已迁移').length, 2)
  await page.goto(`${district.address}/flows?tab=migration`)
  await page.getByRole('region', { name: '历次迁移' }).getByText('已迁移 2 件').waitFor()
  await station(page, 'migrations')
  await page.getByRole('region', { name: '历次迁移' }).getByRole('button', { name: '请假审批' }).click()
  const kept = page.getByRole('dialog', { name: '迁移报告' })
  await kept.getByText('理由：执行新的请假办法', { exact: false }).waitFor()
  assert.equal(await kept.getByText('已迁移', { exact: true }).count(), 2)
  await station(page, 'migration-report')
  await page.context().close()

  await publisher.goto(`${district.address}/models?open=${LeaveRequest.name}&version=1`)
  await publisher.getByRole('button', { name: '恢复使用' }).click()
  const asked = publisher.getByRole('dialog', { name: '恢复使用第 1 版' })
  await asked.getByLabel('说明').fill('新办法暂缓执行')
  const seen = asked.getByRole('checkbox')
  if (await seen.count() > 0) await seen.check()
  await asked.getByRole('button', { name: '恢复使用' }).click()
  await publisher.getByRole('row', { name: /第 1 版 在用/u }).waitFor()
  await publisher.context().close()
})

test('others are told that they may not; what does not load says so and can be tried again', async () => {
  const stranger = await visit(WRITER, '/flows')
  await stranger.getByText('没有权限').first().waitFor()
  await stranger.context().close()
  const page = await visit(MANAGER, '/')
  await page.route('**/api/flow-statistics?*', (route) => route.fulfill({ status: 500, contentType: 'application/json', body: '{"error":{"code":"internal","message":"系统出错，请稍后重试","details":{},"requestId":"0f"}}' }), { times: 10 })
  await page.goto(`${district.address}/flows?tab=statistics`)
  const alert = page.locator('main').getByRole('alert')
  await alert.getByText('系统出错，请稍后重试').waitFor()
  await page.unroute('**/api/flow-statistics?*')
  await alert.getByRole('button', { name: '重试' }).click()
  await page.getByText('期间内办结的事项', { exact: false }).or(page.getByText('所选期间没有办结的环节')).first().waitFor()
  await page.context().close()
})
