/** Every page of the PC shell in a browser, with 10,000 people: from asking for the address until it is usable, files of the pages not kept from before. */
import { openDistrict, PASSWORD } from '#test/e2e/district.ts'
import { placesOf, settled } from '#test/e2e/walk.ts'
import { percentiles, report } from './harness.ts'

const PEOPLE = Number(process.argv[2] ?? 10_000)
const ROUNDS = 5
const LOGINS = ['wanglei', 'hanxuemei', 'sysadmin'] as const

const district = await openDistrict(undefined, PEOPLE)
const rows: object[] = []
for (const login of LOGINS) {
  const context = await district.browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' })
  const page = await context.newPage()
  await page.request.post(`${district.address}/api/session`, { data: { login, password: PASSWORD } })
  for (const place of await placesOf(page, district.address)) {
    const times: number[] = []
    for (let round = 0; round < ROUNDS; round += 1) {
      const start = performance.now()
      await page.goto(district.address + place, { waitUntil: 'commit' })
      await settled(page)
      times.push(performance.now() - start)
    }
    const { p50, p95 } = percentiles(times)
    rows.push({ login, place, p50, p95 })
  }
  await context.close()
}
await district.close()
report('pages', rows, { people: PEOPLE, rounds: ROUNDS })
