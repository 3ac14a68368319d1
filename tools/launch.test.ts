import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { createInterface } from 'node:readline'
import { test } from 'node:test'
import { root } from './files.ts'
// @ts-expect-error plain JavaScript, because it runs on the Node the machine happens to have
import { isInstalled } from './launch.mjs'

const wanted = {
  '': { version: '1.0.0' },
  'node_modules/a': { version: '1.0.0', integrity: 'x' },
  'node_modules/b': { version: '2.0.0', integrity: 'y', optional: true },
}

test('installed is what the lock file asks for; other platforms may be missing', () => {
  const { 'node_modules/a': a, 'node_modules/b': b } = wanted
  assert.equal(isInstalled(wanted, undefined), false)
  assert.equal(isInstalled(wanted, { 'node_modules/a': a }), true)
  assert.equal(isInstalled(wanted, { 'node_modules/a': a, 'node_modules/b': b }), true)
  assert.equal(isInstalled(wanted, { 'node_modules/b': b }), false)
  assert.equal(isInstalled(wanted, { 'node_modules/a': { ...a, version: '1.0.1' } }), false)
  assert.equal(isInstalled(wanted, { 'node_modules/a': { ...a, integrity: 'z' } }), false)
  assert.equal(isInstalled(wanted, { 'node_modules/a': a, 'node_modules/c': a }), false)
})

const program = `let signals = 0
process.on('SIGTERM', () => {
  console.log('ending')
  signals++
  setTimeout(() => process.exit(6 + signals), 100)
})
if (process.argv[2] === 'wait') setInterval(() => undefined, 1000)
console.log(process.argv.slice(2).join(' '))
`

function start(...args: string[]) {
  const folder = mkdtempSync(join(root, '.cache-run-'))
  const file = join(folder, 'program.ts')
  writeFileSync(file, program)
  const child = spawn(process.execPath, [join(root, 'tools/run.mjs'), relative(root, file), ...args], { stdio: ['ignore', 'pipe', 'ignore'] })
  const lines = createInterface({ input: child.stdout })
  return { child, lines, clean: () => rmSync(folder, { recursive: true }) }
}

test('arguments go in, the exit code comes out', async () => {
  const { child, lines, clean } = start('one', 'two words')
  const exit = once(child, 'exit')
  assert.deepEqual(await once(lines, 'line'), ['one two words'])
  assert.deepEqual(await exit, [0, null])
  clean()
})

test('a signal reaches the program once, which decides the exit code', async () => {
  const { child, lines, clean } = start('wait')
  await once(lines, 'line')
  child.kill('SIGTERM')
  await once(lines, 'line')
  child.kill('SIGTERM')
  assert.deepEqual(await once(child, 'exit'), [7, null])
  clean()
})

test('the program ends in order even when the runner is killed', async () => {
  const { child, lines, clean } = start('wait')
  await once(lines, 'line')
  child.kill('SIGKILL')
  assert.deepEqual(await once(lines, 'line'), ['ending'])
  clean()
})
