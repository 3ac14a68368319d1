import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { checkLayers } from './check-layers.ts'
import { checkSizes } from './check-sizes.ts'
import { readTree, root } from './files.ts'
import { UsageError, newModule, writeModule } from './new-module.ts'

const LEFT_OUT = ['node_modules', '.git', 'dist', 'data'].map((name) => join(root, name))
/** Caches come and go while other tests run. */
const isLeftOut = (path: string): boolean => LEFT_OUT.includes(path) || path.startsWith(join(root, '.cache'))
let copy = ''

before(() => {
  copy = mkdtempSync(join(tmpdir(), 'chengming-module-'))
  cpSync(root, copy, { recursive: true, filter: (path) => !isLeftOut(path) })
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
  writeModule(copy, 'meeting-rooms', '会议室')
})
after(() => rmSync(copy, { recursive: true }))

test('a new module obeys the layers and sizes, and its types fit', () => {
  const tree = readTree(copy, (path) => /\.(ts|tsx|mjs|sql)$/.test(path))
  assert.deepEqual(checkLayers(tree).filter((line) => line.includes('meeting')), [])
  assert.deepEqual(checkSizes(tree).problems.filter((line) => line.includes('meeting')), [])
  const types = spawnSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '--noEmit', '-p', copy], { encoding: 'utf8' })
  assert.equal(types.status, 0, types.stdout)
})

test('its scenario passes as it is', () => {
  // A run of its own: below a test runner node:test would only report to that.
  const { NODE_TEST_CONTEXT: _, ...env } = process.env
  const run = spawnSync(process.execPath, ['--test', 'modules/meeting-rooms/meeting-rooms.scenario.test.ts'], { cwd: copy, encoding: 'utf8', env })
  assert.equal(run.status, 0, run.stdout + run.stderr)
})

test('nothing is overwritten, and names are checked', () => {
  assert.throws(() => writeModule(copy, 'meeting-rooms', '会议室'), UsageError)
  assert.throws(() => newModule('MeetingRooms', '会议室'), /小写英文/)
  assert.throws(() => newModule('rooms', "it's"), /标题/)
  assert.ok(newModule('rooms', '房间').get('modules/rooms/model.ts')?.includes("entity('rooms_request', '房间申请'"))
})
