import assert from 'node:assert/strict'
import { test } from 'node:test'
import { localPart, spelledName, spelledUnit } from './local-part.ts'
import { planAccounts, type Situation, type Standing, type Wanted } from './plan.ts'
import { quotaAt } from './quotas.ts'

const GIB = 1024 ** 3
const domain = 'mail.cn.example'
const lin: Wanted = { kind: 'person', ownerId: 'lin', login: 'linxw', name: '林晓雯', level: 50, active: true }
const account: Standing = { id: 'a', kind: 'person', ownerId: 'lin', login: 'linxw', name: '林晓雯', status: 'active', quota: 10 * GIB, quotaFixed: false, primary: { address: `linxw@${domain}`, kind: 'login' } }
const own = new Map([[`linxw@${domain}`, 'lin'], [`linxiaowen@${domain}`, 'lin']])
const plan = (given: Partial<Situation>) => planAccounts({ wanted: [lin], standing: [], taken: new Map(), domain, quotas: {}, ...given })

test('a newcomer gets the login as address, the spelling as another, and the quota of the rank', () => {
  assert.deepEqual(plan({}), {
    open: [{ ownerId: 'lin', kind: 'person', login: 'linxw', name: '林晓雯', quota: 10 * GIB }],
    update: [],
    addresses: [{ ownerId: 'lin', address: `linxw@${domain}`, kind: 'login', primary: true }, { ownerId: 'lin', address: `linxiaowen@${domain}`, kind: 'pinyin', primary: false }],
  })
})

test('nothing to do is nothing', () => assert.deepEqual(plan({ standing: [account], taken: own }), { open: [], update: [], addresses: [] }))

test('people who are spelled alike get no address of the spelling', () => {
  const other: Wanted = { ...lin, ownerId: 'other', login: 'lin2', name: '林小文' }
  assert.deepEqual(plan({ wanted: [lin, other] }).addresses.map(({ address }) => address), [`linxw@${domain}`, `lin2@${domain}`])
})

test('another login becomes the primary address; one set by hand stays', () => {
  const wanted = [{ ...lin, login: 'linxiaowen2' }]
  assert.deepEqual(plan({ wanted, standing: [account], taken: own }).addresses, [{ ownerId: 'lin', address: `linxiaowen2@${domain}`, kind: 'login', primary: true }])
  assert.deepEqual(plan({ wanted, standing: [{ ...account, primary: { address: 'boss@x.example', kind: 'manual' } }], taken: own }).addresses, [])
})

test('an address that is somebody else’s gets a number, which stays', () => {
  const taken = new Map([[`linxw@${domain}`, 'else'], [`linxiaowen@${domain}`, 'else']])
  assert.deepEqual(plan({ taken }).addresses, [{ ownerId: 'lin', address: `linxw2@${domain}`, kind: 'login', primary: true }])
  assert.deepEqual(plan({ taken, standing: [{ ...account, primary: { address: `linxw2@${domain}`, kind: 'login' } }] }).addresses, [])
})

for (const [what, wanted, status, quota] of [
  ['whoever has no post is kept with her quota', [{ ...lin, active: false, level: 75 }], 'kept', 10 * GIB],
  ['whoever the directory does not know is kept', [], 'kept', 10 * GIB],
  ['a higher rank has more room', [{ ...lin, level: 25 }], 'active', 50 * GIB],
] as const) {
  test(what, () => assert.deepEqual(plan({ wanted, standing: [account], taken: own }).update.map((one) => [one.status, one.quota]), [[status, quota]]))
}

test('whoever comes back is active again; what an administrator switched off stays off', () => {
  assert.equal(plan({ standing: [{ ...account, status: 'kept' }], taken: own }).update[0]?.status, 'active')
  assert.deepEqual(plan({ standing: [{ ...account, status: 'off' }], taken: own }).update, [])
})

test('a quota set by hand stays', () => assert.deepEqual(plan({ wanted: [{ ...lin, level: 25 }], standing: [{ ...account, quota: 7, quotaFixed: true }], taken: own }).update, []))

test('an organisation is spelled without its 区; of two alike the second has a number', () => {
  const units = ['u1', 'u2'].map((ownerId): Wanted => ({ kind: 'organisation', ownerId, login: null, name: '区应急局', level: 0, active: true }))
  assert.deepEqual(plan({ wanted: units }).addresses.map(({ address }) => address), [`yingjiju@${domain}`, `yingjiju2@${domain}`])
})

test('parts before the @', () => {
  assert.deepEqual(['Ｌin.Xiao Wen', '..a..b..', '林', 'lv_ü'].map(localPart), ['lin.xiaowen', 'a.b', '', 'lv_v'])
  assert.deepEqual([spelledName('单雄信'), spelledName('吕明彻'), spelledUnit('区')], ['shanxiongxin', 'lvmingche', 'qu'])
})

test('quotas by rank, and other ones that were set', () => assert.deepEqual([25, 30, 45, 70].map((level) => quotaAt(level, { staff: 5 })), [50 * GIB, 30 * GIB, 20 * GIB, 5]))
