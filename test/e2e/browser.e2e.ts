import assert from 'node:assert/strict'
import { test } from 'node:test'
import { launchBrowser } from './browser.ts'
import { type BrowserProgram, packagedChromium } from './packaged-chromium.ts'

async function renders(program?: BrowserProgram): Promise<void> {
  const browser = await launchBrowser(program)
  try {
    const page = await browser.newPage({ viewport: { width: 800, height: 600 } })
    await page.setContent('<h1>承明</h1><button onclick="this.textContent = String(6 * 7)">算</button>')
    await page.getByRole('button').click()
    await page.getByText('42').waitFor()
    const image = await page.screenshot()
    assert.ok(image.length > 1000, 'draws something')
  } finally {
    await browser.close()
  }
}

test('the browser of this machine shows a page and runs its script', () => renders())

// The package holds a program for Linux x64 only.
if (process.platform === 'linux' && process.arch === 'x64') {
  test('the browser from npm does so too', () => renders(packagedChromium()))
}
