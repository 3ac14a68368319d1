import { launchBrowser } from './test/e2e/browser.ts'
const b = await launchBrowser()
const page = await (await b.newContext({ viewport: { width: 1440, height: 900 } })).newPage()
const base = 'http://localhost:8104'
const login = process.argv[2] ?? 'wangjie'
await page.request.post(base + '/api/session', { data: { login, password: 'Changning-Demo-2026' } })
page.on('console', (m) => m.type() === 'error' && console.log('console', m.text()))
const shots: [string, string][] = [['list', '/app/documents_incoming'], ['todo', '/todo']]
const items = (await (await page.request.get(base + '/api/records/documents_incoming')).json()).items
console.log(items.map((i: any) => i.title + ' ' + i.stateLabel + ' ' + (i.number ?? '')).join('\n'))
if (items[0]) shots.push(['detail', `/app/documents_incoming/${(items.find((i: any) => i.state === (process.argv[3] ?? 'handling')) ?? items[0]).id}`])
for (const [name, path] of shots) {
  await page.goto(base + path); await page.waitForLoadState('networkidle')
  await page.screenshot({ path: `/tmp/docsin-${name}.png` })
}
await b.close()
