/** Static checks, the quick ones in this process, the others beside each other. `npm run check` prints each with its time. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { checkLayers } from './check-layers.ts'
import { checkSizes } from './check-sizes.ts'
import { checkWords } from './check-words.ts'
import { readTree, root } from './files.ts'
import { outdated } from './generate.ts'

export type CheckResult = { name: string; ok: boolean; output: string; seconds: number }

type Check = { name: string; run: () => Promise<{ ok: boolean; output: string }> }

function program(...args: string[]): Check['run'] {
  return () =>
    new Promise((resolve) => {
      const [script = '', ...rest] = args
      const child = spawn(process.execPath, [join(root, 'node_modules', script), ...rest], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
      let output = ''
      const add = (data: Buffer): void => {
        output += data.toString()
      }
      child.stdout.on('data', add)
      child.stderr.on('data', add)
      child.once('error', (error) => resolve({ ok: false, output: error.message }))
      child.once('close', (code) => resolve({ ok: code === 0, output }))
    })
}

const own = (problems: () => string[] | Promise<string[]>): Check['run'] => async () => {
  const found = await problems()
  return { ok: found.length === 0, output: found.join('\n') }
}

const isCode = (path: string): boolean => /\.(ts|tsx|mjs)$/.test(path)
const isText = (path: string): boolean => /\.(ts|tsx|mjs|sql|md|json|ya?ml|html|css|example)$|^(Dockerfile|\.ci\/run)$/.test(path)

const checks: Check[] = [
  { name: 'types', run: program('typescript/bin/tsc', '--noEmit') },
  { name: 'lint', run: program('oxlint/bin/oxlint', '--quiet') },
  { name: 'unused code', run: program('knip/bin/knip.js', '--no-progress') },
  { name: 'layers', run: own(() => checkLayers(readTree(root, (path) => isCode(path) || path.endsWith('.sql')))) },
  { name: 'words', run: own(() => checkWords(readTree(root, isText))) },
  { name: 'generated documents', run: own(outdated) },
  {
    name: 'sizes',
    run: async () => {
      const { problems, summary } = checkSizes(readTree(root, isCode))
      return { ok: problems.length === 0, output: [...problems, ...(problems.length === 0 ? [] : [summary])].join('\n') }
    },
  },
]

async function timed(check: Check): Promise<CheckResult> {
  const start = performance.now()
  const result = await check.run()
  const seconds = (performance.now() - start) / 1000
  console.log(`${result.ok ? '✔' : '✖'} ${check.name} (${seconds.toFixed(1)} s)${result.ok ? '' : `\n${result.output.trimEnd()}`}`)
  return { name: check.name, ...result, seconds }
}

/** Runs all checks and prints each as it ends. */
export const runChecks = (): Promise<CheckResult[]> => Promise.all(checks.map(timed))

if (import.meta.main) {
  const results = await runChecks()
  process.exitCode = results.every(({ ok }) => ok) ? 0 : 1
  if (process.exitCode === 0) console.log(checkSizes(readTree(root, isCode)).summary)
}
