/** Builds the browser side with Vite. `--if-changed`: only when one of its sources differs from the last build. */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { filesBelow, root } from './files.ts'

const stamp = join(root, 'dist', '.sources')
const folders = /^(web|mobile|ui|kit|base|modules|mail|platform)\//
const single = new Set(['vite.config.ts', 'package-lock.json', 'index.html'])

/** Whether a file can end up in the browser. */
const isSource = (path: string): boolean => single.has(path) || (folders.test(path) && !/\/server\/|\.test\.tsx?$|\.scenario\.|\.md$|\.sql$/.test(path))

function sourcesHash(): string {
  const hash = createHash('sha256')
  for (const path of filesBelow(root).filter(isSource)) hash.update(path).update('\0').update(readFileSync(join(root, path))).update('\0')
  return hash.digest('hex')
}

async function build(onlyIfChanged: boolean): Promise<void> {
  if (!existsSync(join(root, 'vite.config.ts'))) return
  const hash = sourcesHash()
  if (onlyIfChanged && existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return
  const started = performance.now()
  console.log('正在构建浏览器端……')
  const vite = await import('vite')
  await vite.build({ root, configFile: join(root, 'vite.config.ts'), logLevel: 'warn' })
  writeFileSync(stamp, hash)
  console.log(`浏览器端已构建，用时 ${((performance.now() - started) / 1000).toFixed(1)} 秒。`)
}

await build(process.argv.includes('--if-changed'))
