import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

/** Ours, not those of @sparticuz/chromium: its defaults are meant for a cloud function and break ordinary pages. */
const flags = [
  '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
]

/** Chromium as the npm package carries it (Linux x64), unpacked to the folder for temporary files on first use. */
export async function packagedChromium(): Promise<string> {
  const { default: packaged } = await import('@sparticuz/chromium')
  return packaged.executablePath()
}

/** `CHROMIUM_PATH`, else the system's, else the packaged one. */
async function chromiumPath(): Promise<string> {
  const given = process.env['CHROMIUM_PATH']
  if (given !== undefined && given !== '') return given
  return existsSync('/usr/bin/chromium') ? '/usr/bin/chromium' : packagedChromium()
}

/** A headless browser; the caller closes it. Chinese text needs the pages' own webfont: the machine may have no Chinese font. */
export async function launchBrowser(executablePath?: string): Promise<Browser> {
  return chromium.launch({ executablePath: executablePath ?? (await chromiumPath()), args: flags, headless: true, ignoreDefaultArgs: ['--headless'] })
}
