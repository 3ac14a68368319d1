/** Prints a table for each suite of models that others wrote; the exit code is 0 only if nothing in scope failed. */
import { miwg } from '#test/conformance/miwg.ts'
import { absent, type Row, suiteFolder } from '#test/conformance/suites.ts'
import { tokenSimulation } from '#test/conformance/token-simulation.ts'

const suites: readonly { readonly name: string; readonly title: string; readonly run: (folder: string) => Promise<readonly Row[]> }[] = [
  { name: 'miwg', title: 'Reference models: read and written with the same elements, attributes, references and drawing', run: miwg },
  { name: 'token-simulation', title: 'Token traces: how often and in which order elements are entered and left', run: tokenSimulation },
]

function print(title: string, rows: readonly Row[]): void {
  const width = Math.max(...rows.map(({ name }) => name.length))
  console.log(`\n${title}`)
  for (const { name, result, note } of rows) console.log(`  ${name.padEnd(width)}  ${result.padEnd(12)}  ${note}`)
  const scope = rows.filter(({ result }) => result !== 'out of scope')
  const passed = scope.filter(({ result }) => result === 'passed').length
  console.log(`  ${passed} of ${scope.length} in scope (${((100 * passed) / scope.length).toFixed(1)} %), ${rows.length - scope.length} out of scope`)
}

let failed = 0
for (const { name, title, run } of suites) {
  const folder = suiteFolder(name)
  if (folder === null) {
    console.log(`\n${title}\n  skipped: ${absent(name)}`)
    continue
  }
  const rows = await run(folder)
  print(title, rows)
  failed += rows.filter(({ result }) => result === 'failed').length
}
process.exitCode = failed === 0 ? 0 : 1
