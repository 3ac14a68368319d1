import assert from 'node:assert/strict'
import { test } from 'node:test'
import { movesText } from './migration-text.ts'

test('what a migration does to a case is told in a line', () => {
  assert.equal(movesText({ moves: [
    { how: 'kept', from: '会签', to: '会签', people: ['甲'], due: null }, { how: 'renamed', from: '法制', to: '合法性审核', people: ['乙'], due: null }, { how: 'opened', from: null, to: '审计', people: [], due: null },
  ] }), '会签（继续：甲）；法制 → 合法性审核（改名，继续：乙）；审计（新增办理）')
  assert.equal(movesText({ moves: [] }), '等待中，按新版本继续')
})
