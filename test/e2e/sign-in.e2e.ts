import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import pino from 'pino'
import type { Browser } from 'playwright-core'
import { openRuntime, startApplication } from '#apps/boot.ts'
import type { Application } from '#apps/boot.ts'
import { loadWorld } from '#apps/demonstration.ts'
import { servePages } from '#apps/pages.ts'
import { testDatabase } from '../database.ts'
import type { TestDatabase } from '../database.ts'
import { generate } from '../world/world.ts'
import { launchBrowser } from './browser.ts'

const PASSWORD = 'Changning-Test-2026'
const dataDir = mkdtempSync(join(tmpdir(), 'chengming-e2e-'))
let database: TestDatabase
let application: Application
let browser: Browser
let address: string

before(async () => {
  execFileSync(process.execPath, ['tools/build.ts', '--if-changed'], { cwd: join(import.meta.dirname, '../..') })
  database = await testDatabase()
  const settings = { dataDir, trustProxy: false, publicUrl: undefined }
  const runtime = await openRuntime({ databaseUrl: database.url, settings, log: pino({ level: 'silent' }) })
  await loadWorld(runtime, generate(), PASSWORD)
  application = await startApplication(runtime, settings)
  await servePages(application.app)
  await application.app.listen({ port: 0, host: '127.0.0.1' })
  address = `http://127.0.0.1:${(application.app.server.address() as AddressInfo).port}`
  browser = await launchBrowser()
})

after(async () => {
  await browser.close()
  await application.close()
  await database.drop()
  rmSync(dataDir, { recursive: true, force: true })
})

test('a person signs in by name, sees her boxes, and signs out', async () => {
  const page = await browser.newPage({ viewport: { width: 1366, height: 768 } })
  await page.goto(address)
  await page.getByPlaceholder('账号、手机号或姓名').fill('周牧原')
  await page.getByPlaceholder('密码').fill('wrong-Password-1')
  await page.keyboard.press('Enter')
  await page.getByText('账号或密码不正确').waitFor()
  await page.getByPlaceholder('密码').fill(PASSWORD)
  await page.keyboard.press('Enter')
  await page.getByText('没有等您办理的事项').waitFor()
  assert.match((await page.getByRole('banner').textContent()) ?? '', /区政府办公室.*周牧原.*主任/)
  await page.getByRole('button', { name: /^周牧原/ }).click()
  await page.getByRole('button', { name: '退出登录' }).click()
  await page.getByPlaceholder('账号、手机号或姓名').waitFor()
  const answer = await page.request.get(`${address}/api/session`)
  assert.equal(answer.status(), 401)
  await page.close()
})

test('people of one name choose who they are only after the password fits', async () => {
  const page = await browser.newPage({ viewport: { width: 1366, height: 768 } })
  await page.goto(address)
  await page.getByPlaceholder('账号、手机号或姓名').fill('王磊')
  await page.getByPlaceholder('密码').fill(PASSWORD)
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: /王磊/ }).first().waitFor()
  assert.ok((await page.getByRole('button', { name: /王磊/ }).count()) >= 3)
  await page.close()
})
