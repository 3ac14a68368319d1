/** Every entry of the menus of the PC shell, in the windows people have: nothing sticks out, is cut or fails. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { openDistrict, PASSWORD } from './district.ts'
import type { District } from './district.ts'
import { complaintsOf, layoutFaults, placesOf, settled } from './walk.ts'

let district: District
before(async () => { district = await openDistrict() })
after(() => district.close())

/** A 1366-pixel screen at 100, 125 and 150 % zoom. */
const WINDOWS = [{ width: 1366, height: 768 }, { width: 1093, height: 614 }, { width: 911, height: 512 }] as const

async function signedIn(login: string, large: boolean): Promise<Page> {
  const context = await district.browser.newContext({ viewport: WINDOWS[0], locale: 'zh-CN', timezoneId: 'Asia/Shanghai' })
  context.setDefaultTimeout(10_000)
  const page = await context.newPage()
  const answer = await page.request.post(`${district.address}/api/session`, { data: { login, password: PASSWORD } })
  assert.equal(answer.status(), 200)
  const saved = await page.request.patch(`${district.address}/api/session/preferences`, { data: { preferences: { large } } })
  assert.equal(saved.status(), 200)
  return page
}

for (const [login, large] of [['wanglei', false], ['wanglei', true], ['hexiangdong', false], ['guyuncheng', true], ['hanxuemei', false], ['panyueming', true], ['sysadmin', false]] as const) {
  test(`nothing is wrong on any page of ${login}${large ? ' in large type' : ''}, at 100, 125 and 150 %`, async () => {
    const page = await signedIn(login, large)
    const complaints = complaintsOf(page)
    const found: string[] = []
    for (const place of await placesOf(page, district.address)) {
      await page.goto(district.address + place)
      for (const size of WINDOWS) {
        await page.setViewportSize(size)
        await settled(page)
        found.push(...(await layoutFaults(page)).map((fault) => `${place} ${size.width}: ${fault}`))
      }
    }
    assert.deepEqual([...found, ...complaints], [])
    await page.context().close()
  })
}
