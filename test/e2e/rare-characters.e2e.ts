/** Characters few fonts have are drawn in names, and the slice that draws them is asked for only then. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { signedInPage } from './browser.ts'
import { openDistrict, PASSWORD } from './district.ts'
import type { District } from './district.ts'

let district: District
before(async () => {
  district = await openDistrict()
})
after(() => district.close())

/** Slices of the rare font that a page has loaded. */
const loaded = (page: Page): Promise<number> => page.evaluate(async () => {
  await document.fonts.ready
  return [...document.fonts].filter(({ family, status }) => family.includes('Chengming Rare') && status === 'loaded').length
})

/** Whether a character is drawn, and not the box of a missing one: it differs from what a code point nobody has looks like. */
const drawn = (page: Page, sign: string): Promise<boolean> => page.evaluate((text) => {
  const ink = (one: string): string => {
    const canvas = document.createElement('canvas')
    const pen = canvas.getContext('2d')
    if (pen === null) throw new Error('no canvas')
    pen.font = `40px ${getComputedStyle(document.body).fontFamily}`
    pen.fillText(one, 10, 60)
    return canvas.toDataURL()
  }
  return ink(text) !== ink('\u{3FFFD}')
}, sign)

for (const [phone, path] of [[false, '/directory'], [true, '/m/directory']] as const) {
  test(`rare characters of names are drawn on the ${phone ? 'phone' : 'PC'}; other names ask for nothing`, async () => {
    const page = await signedInPage(district, { login: 'linxiaowen', password: PASSWORD }, phone ? '/m/me' : '/', phone ? { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true } : {})
    await page.getByText('林晓雯').first().waitFor()
    assert.equal(await loaded(page), 0)
    await page.goto(district.address + path)
    for (const name of ['王㛃', '张䶮', '田𠮷']) {
      await page.getByRole('searchbox').or(page.getByPlaceholder(/姓名/)).first().fill(name)
      await page.getByText(name).first().waitFor()
      await page.waitForFunction((sign) => document.fonts.check("14px 'Chengming Rare'", sign), name.slice(1))
      assert.equal(await drawn(page, name.slice(1)), true, name)
    }
    assert.equal(await loaded(page), 3)
    await page.context().close()
  })
}
