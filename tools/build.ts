/**
 * Builds the browser side with Vite. `--if-changed`: only when one of its sources differs from the last build. The assets of the build before stay:
 * pages that are open while a new version comes still read theirs.
 */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { build } from 'vite'
import { filesBelow, root } from './files.ts'

const stamp = join(root, 'dist', '.sources')
/** Names of the last build's assets, one a line. */
const built = join(root, 'dist', '.assets')
const folders = /^(web|mobile|ui|kit|base|modules|mail|platform)\//
const single = new Set(['vite.config.ts', 'package-lock.json', 'index.html'])

/** Whether a file can end up in the browser. */
const isSource = (path: string): boolean => single.has(path) || (folders.test(path) && !/\/server\/|\.test\.tsx?$|\.scenario\.|\.md$|\.sql$/.test(path))

function sourcesHash(): string {
  const hash = createHash('sha256')
  for (const path of filesBelow(root).filter(isSource)) hash.update(path).update('\0').update(readFileSync(join(root, path))).update('\0')
  return hash.digest('hex')
}

const assetNames = (result: Awaited<ReturnType<typeof build>>): string[] =>
  [result].flat().flatMap((one) => ('output' in one ? one.output : [])).flatMap(({ fileName }) => (fileName.startsWith('assets/') ? [fileName.slice('assets/'.length)] : []))

/** Removes the assets of all builds but this one and the one before. */
function tidyAssets(fresh: readonly string[]): void {
  const folder = join(root, 'dist/assets')
  const kept = new Set([...fresh, ...(existsSync(built) ? readFileSync(built, 'utf8').split('\n') : [])])
  for (const name of readdirSync(folder)) if (!kept.has(name)) rmSync(join(folder, name))
  writeFileSync(built, fresh.join('\n'))
}

async function buildPages(onlyIfChanged: boolean): Promise<void> {
  if (!existsSync(join(root, 'vite.config.ts'))) return
  const hash = sourcesHash()
  if (onlyIfChanged && existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return
  const started = performance.now()
  console.log('正在构建浏览器端……')
  const vite = await import('vite')
  const result = await vite.build({ root, configFile: join(root, 'vite.config.ts'), logLevel: 'warn' })
  tidyAssets(assetNames(result))
  writeFileSync(stamp, hash)
  console.log(`浏览器端已构建，用时 ${((performance.now() - started) / 1000).toFixed(1)} 秒。`)
}

await buildPages(process.argv.includes('--if-changed'))
