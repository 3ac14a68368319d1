import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '#tools/files.ts'

/** A browser program and the environment it needs beside the usual one. */
export type BrowserProgram = { path: string; env: Record<string, string> }

const unpack = "const { default: chromium } = await import('@sparticuz/chromium'); await chromium.executablePath()"

/**
 * Chromium for Linux x64 as @sparticuz/chromium carries it, with the libraries a bare machine lacks. The package unpacks into the folder
 * for temporary files, and the libraries only where it believes to be in a cloud function; both are arranged in a process of its own.
 * Kept in `.cache`, so that no other user's files are used.
 */
export function packagedChromium(): BrowserProgram {
  const folder = join(root, '.cache', 'chromium')
  if (!existsSync(folder)) {
    mkdirSync(join(root, '.cache'), { recursive: true })
    const fresh = mkdtempSync(`${folder}-`)
    const done = spawnSync(process.execPath, ['--input-type=module', '-e', unpack], {
      cwd: root, encoding: 'utf8', env: { ...process.env, TMPDIR: fresh, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x' },
    })
    if (done.status !== 0) throw new Error(`chromium could not be unpacked: ${done.stderr}`)
    try {
      renameSync(fresh, folder)
    } catch {
      rmSync(fresh, { recursive: true }) // a parallel test file was faster
    }
  }
  const fonts = existsSync('/etc/fonts') ? '/etc/fonts' : join(folder, 'fonts')
  return { path: join(folder, 'chromium'), env: { LD_LIBRARY_PATH: join(folder, 'al2023', 'lib'), FONTCONFIG_PATH: fonts } }
}
