import assert from 'node:assert/strict'
import { test } from 'node:test'
import { weakness } from './password-rules.ts'
import { PASSWORD_PRESETS } from './settings.ts'

const strict = PASSWORD_PRESETS.等保三级
const long = PASSWORD_PRESETS.长口令

test('等保三级: length, composition, nothing personal, nothing common', () => {
  const cases: readonly (readonly [password: string, wrong: RegExp | null])[] = [
    ['Hai-Tang-26', null], ['Ab1-xyz', /至少 8 位/], ['haitang2026', /至少 3 类/], ['HAITANG-', /至少 3 类/], ['Zhangsan-99', /个人信息/], ['x13812345678A', /个人信息/],
    ['P@ssw0rd', /常见/], ['Admin@123', /常见/], ['Aa1!Aa1!', /常见/], [`Aa1!${'x'.repeat(200)}`, /不能超过/], ['海棠Hai-2026', null],
  ]
  for (const [password, wrong] of cases) {
    const problem = weakness(strict, password, ['zhangsan', '13812345678', 'ab'])
    if (wrong === null) assert.equal(problem, null, password)
    else assert.match(problem ?? '', wrong, password)
  }
})

test('长口令: length is enough', () => {
  assert.equal(weakness(long, 'correct horse battery', []), null)
  assert.match(weakness(long, 'short words', []) ?? '', /至少 12 位/)
})
