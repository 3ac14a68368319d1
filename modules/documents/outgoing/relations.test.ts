import assert from 'node:assert/strict'
import { test } from 'node:test'
import { relationsTo } from '#modules/documents/outgoing/relations.ts'
import { UNITS, unitId } from '#test/world/units.ts'

const ORGANS = UNITS.filter(({ isOrganisation }) => isOrganisation)

const CASES = [
  ['emergency', '区政府', 'superior'], ['emergency', '区政府办公室', 'superior'], ['emergency', '区财政局', 'peer'], ['emergency', '各街道办事处', 'peer'], ['emergency', '区委', 'peer'],
  ['emergency', '上海市应急管理局', 'superior'], ['emergency', '市政府', 'superior'], ['emergency', '区应急局', 'inside'], ['emergency', '国网上海市电力公司', undefined],
  ['office', '区应急局', 'subordinate'], ['office', '上海市长宁区应急管理局', 'subordinate'], ['office', '各街道办事处、新泾镇政府', 'subordinate'], ['office', '区政府各委、办、局', 'subordinate'],
  ['office', '区委办公室', 'peer'], ['office', '区法院', 'peer'], ['office', '上海市人民政府', 'superior'], ['office', '市政府办公厅', 'superior'], ['office', '区政府', 'superior'],
  ['xinjing', '区政府', 'superior'], ['xinjing', '区应急局', 'peer'], ['party-office', '区委宣传部', 'subordinate'], ['party-office', '各人民团体', 'subordinate'],
] as const

for (const [issuer, name, relation] of CASES) {
  test(`${name} stands to ${issuer} as ${relation ?? 'unknown'}`, () => assert.equal(relationsTo(unitId(issuer), ORGANS)(name), relation))
}
