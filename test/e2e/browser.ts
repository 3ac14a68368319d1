import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'
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
