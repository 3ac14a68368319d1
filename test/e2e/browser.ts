import { existsSync } from 'node:fs'
import assert from 'node:assert/strict'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { type BrowserProgram, packagedChromium } from './packaged-chromium.ts'

const flags = [
  '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
]

/** `CHROMIUM_PATH`, else the system's, else the one from npm. */
function chromiumProgram(): BrowserProgram {
  const given = process.env['CHROMIUM_PATH']
  if (given !== undefined && given !== '') return { path: given, env: {} }
  return existsSync('/usr/bin/chromium') ? { path: '/usr/bin/chromium', env: {} } : packagedChromium()
}

/** A headless browser; the caller closes it. Chinese text needs the pages' own webfont: the machine may have no Chinese font. */
export async function launchBrowser(program: BrowserProgram = chromiumProgram()): Promise<Browser> {
  return chromium.launch({ executablePath: program.path, args: flags, headless: true, env: { ...process.env, ...program.env } })
}

/** The page of somebody signed in, in a browser of its own; `deaf`: it hears nothing of what others do, as behind a proxy that breaks streams. */
export async function signedInPage({ browser, address }: { readonly browser: Browser; readonly address: string }, who: { readonly login: string; readonly password: string }, path: string, options: BrowserContextOptions = {}, deaf = false): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'zh-CN', timezoneId: 'Asia/Shanghai', ...options })
  context.setDefaultTimeout(15_000)
  if (deaf) await context.route('**/api/events', (route) => route.abort())
  const page = await context.newPage()
  const answer = await page.request.post(`${address}/api/session`, { data: who })
  assert.equal(answer.status(), 200)
  await page.goto(address + path)
  return page
}
