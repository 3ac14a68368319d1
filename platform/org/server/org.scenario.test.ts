import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { sql } from 'kysely'
import { uuidOfKey } from '#base/ids.ts'
import { Failure } from '#kit/failure.ts'
import { unitId } from '#test/world/units.ts'
import { personId, postOf } from '#test/world/world.ts'
import { testServer } from '#test/http.ts'
import type { Client, TestServer } from '#test/http.ts'
import type { PostWire, UnitWire } from '#kit/wire/org.ts'
import { Identity } from '#platform/identity/contract.ts'
import { Org } from '../contract.ts'
import type { OrgService } from '../contract.ts'

describe('directory', () => {
  let server: TestServer
  let clerk: Client

  before(async () => {
    server = await testServer()
    clerk = await server.as('linxiaowen')
  })
  after(() => server.close())

  const org = <T>(run: (org: OrgService) => Promise<T>): Promise<T> => server.runtime.command(null, (ctx) => run(ctx.use(Org)))
  const people = async (query: string): Promise<PostWire[]> => (await clerk('GET', `/api/people?limit=50&${query}`)).body['items'] as PostWire[]
  const units = async (query: string): Promise<UnitWire[]> => (await clerk('GET', `/api/units${query}`)).body['items'] as UnitWire[]
  const failsWith = (code: string) => (error: unknown): boolean => error instanceof Failure && error.code === code

  test('people are found by name, part of it, pinyin, initials, phone and unit', async () => {
    const hejiping = { personId: personId('jiangheping') }
    for (const query of ['蒋和坪', '和坪', 'jiangheping', 'JiangHe', 'jhp', 'heping', '区应急局 蒋', 'jhp 应急']) {
      const found = await people(`query=${encodeURIComponent(query)}`)
      assert.ok(found.some((one) => one.personId === hejiping.personId), query)
    }
    const [him] = await people('query=jiangheping')
    const byPhone = await people(`query=${him?.phone?.slice(-6)}`)
    assert.equal(byPhone[0]?.name, '蒋和坪')
    assert.equal((await people(`query=${encodeURIComponent('市场局 蒋和坪')}`)).length, 0)
  })

  test('the name that begins with the query comes before the one that holds it; namesakes are all shown', async () => {
    const found = await people(`query=${encodeURIComponent('王磊')}`)
    assert.deepEqual(new Set(found.filter(({ name }) => name === '王磊').map((one) => one.personId)), new Set(['wanglei', 'wanglei2', 'wanglei3'].map(personId)))
    const wild = await people(`query=${encodeURIComponent('%')}`)
    assert.deepEqual(wild, [])
  })

  test('a search within a unit stays below it', async () => {
    const inside = await people(`query=wanglei&within=${unitId('construction')}`)
    assert.ok(inside.length >= 2)
    assert.ok(inside.every(({ organisationName }) => organisationName === inside[0]?.organisationName))
  })

  test('the tree is read level by level; members come in display order, the head first', async () => {
    const [root] = await units('?parent=root')
    assert.equal(root?.hasChildren, true)
    const organisations = await units('?organisations=true')
    assert.ok(organisations.length > 50 && organisations.every(({ isOrganisation }) => isOrganisation))
    const departments = await units(`?parent=${unitId('emergency')}`)
    assert.ok(departments.some(({ name }) => name === '办公室'))
    const members = (await clerk('GET', `/api/units/${unitId('emergency')}/members?below=true`)).body['items'] as PostWire[]
    assert.equal(members[0]?.personId, personId('luzhengyang'))
    assert.equal((await clerk('GET', `/api/units/${personId('luzhengyang')}/members`)).status, 404)
    const way = (await clerk('GET', `/api/units/${unitId('emergency/command')}/path`)).body['items'] as UnitWire[]
    assert.deepEqual(way.map(({ shortName }) => shortName), ['长宁区', '区政府', '区应急局', '应急指挥科'])
    assert.equal((await clerk('GET', `/api/units/${personId('luzhengyang')}/path`)).status, 404)
  })

  test('units are found by short name, full name and pinyin', async () => {
    for (const query of ['应急局', '应急管理局', 'yjj', 'yingji']) {
      const found = await units(`/search?organisations=true&query=${encodeURIComponent(query)}`)
      assert.ok(found.some(({ id }) => id === unitId('emergency')), query)
    }
    const office = await units(`/search?query=${encodeURIComponent('应急局 办公室')}`)
    assert.equal(office[0]?.id, unitId('emergency/office'))
  })

  test('names come for people, posts and units at once, unknown ids are left out', async () => {
    const ids = [personId('luzhengyang'), postOf('luzhengyang'), unitId('emergency'), '00000000-0000-4000-8000-000000000000', 'nonsense']
    const names = await org((service) => service.names(ids))
    assert.deepEqual(Object.values(names).sort(), ['区应急局', '陆正旸', '陆正旸'].sort())
  })

  test('a role given to the person is held in the post within its unit; leaders in charge are found', async () => {
    const heads = await org((service) => service.holders('office-head', unitId('emergency')))
    assert.deepEqual(heads.map(({ personName }) => personName), ['宋亦然'])
    const overseers = await org((service) => service.overseers(unitId('emergency')))
    assert.ok(overseers.length > 0)
  })

  test('whoever was chosen lately comes first next time', async () => {
    const actor = await server.runtime.query(null, (ctx) => ctx.use(Identity).actorInPost(postOf('linxiaowen')))
    await server.runtime.command(actor, (ctx) => ctx.use(Org).chosen([postOf('luzhengyang')]))
    const recent = (await clerk('GET', '/api/people/recent')).body['items'] as PostWire[]
    assert.equal(recent[0]?.name, '陆正旸')
  })

  test('a moved department takes all below it along, cannot go below itself, and keeps its history', async () => {
    const office = unitId('emergency/command')
    await assert.rejects(org((service) => service.moveUnit(unitId('emergency/office'), unitId('market'))), failsWith('org.unit.same-name'))
    await org((service) => service.moveUnit(office, unitId('market')))
    const lineage = await org((service) => service.lineage(office))
    assert.deepEqual(lineage.map(({ id }) => id), [office, unitId('market'), ...(await org((service) => service.lineage(unitId('market')))).slice(1).map(({ id }) => id)])
    assert.equal(lineage[0]?.organisationId, unitId('market'))
    await assert.rejects(org((service) => service.moveUnit(unitId('market'), office)), failsWith('org.unit.cycle'))
    await assert.rejects(org((service) => service.moveUnit(office, office)), failsWith('org.unit.cycle'))
    const { rows } = await sql<{ former_parent_id: string }>`select former_parent_id from org_unit_change where unit_id = ${office} order by id limit 1`.execute(server.runtime.db)
    assert.equal(rows[0]?.former_parent_id, unitId('emergency'))
  })

  test('the closure always equals the tree', async () => {
    const { rows } = await sql<{ n: number }>`
      with recursive up (ancestor_id, descendant_id, depth) as (
        select id, id, 0 from org_unit union all select u.parent_id, up.descendant_id, up.depth + 1 from up join org_unit u on u.id = up.ancestor_id where u.parent_id is not null
      ) select count(*)::integer as n from up full join org_unit_closure c using (ancestor_id, descendant_id, depth) where up.depth is null or c.depth is null`.execute(server.runtime.db)
    assert.equal(rows[0]?.n, 0)
  })

  test('two moves at once cannot make a circle', async () => {
    const [a, b] = [unitId('construction/building'), unitId('construction/roads')]
    const outcomes = await Promise.allSettled([org((service) => service.moveUnit(a, b)), org((service) => service.moveUnit(b, a))])
    assert.deepEqual(outcomes.map(({ status }) => status).sort(), ['fulfilled', 'rejected'])
  })

  test('a unit with people is closed only into a successor, which gets its people, roles and departments', async () => {
    const [from, to] = [unitId('market/food'), unitId('market/office')]
    await assert.rejects(org((service) => service.closeUnit(from)), failsWith('org.unit.not-empty'))
    await org((service) => service.closeUnit(from, to))
    const moved = await org((service) => service.members(to))
    assert.ok(moved.some(({ personName }) => personName === '叶清青'))
    assert.ok(!(await units(`?parent=${unitId('market')}`)).some(({ id }) => id === from))
    await assert.rejects(org((service) => service.renameUnit(from, '食品科', '食品科')), failsWith('org.unit.closed'))
  })

  test('a renamed unit is found by its new name', async () => {
    await org((service) => service.renameUnit(unitId('market/legal'), '政策法规科', '政策法规科'))
    assert.equal((await units(`/search?query=${encodeURIComponent('政策法规')}`))[0]?.name, '政策法规科')
  })

  test('nobody joins two of the three administrations, or one of them and business, also at the same moment', async () => {
    const grant = (login: string, role: string) => org((service) => service.grant({ personId: personId(login), role, unitId: unitId('district') }))
    await assert.rejects(grant('sysadmin', 'auditor'), failsWith('org.role.separated'))
    await assert.rejects(grant('auditor', 'clerk'), failsWith('org.role.separated'))
    await assert.rejects(grant('songyiran', 'system-admin'), failsWith('org.role.separated'))
    const fresh = uuidOfKey('person:fresh')
    await org((service) => service.load({ units: [], people: [{ id: fresh, name: '新人' }], posts: [], oversight: [], grants: [] }))
    const race = await Promise.allSettled(['system-admin', 'security-admin'].map((role) => org((service) => service.grant({ personId: fresh, role, unitId: unitId('district') }))))
    assert.deepEqual(race.map(({ status }) => status).sort(), ['fulfilled', 'rejected'])
  })

  test('the directory is for people who signed in', async () => {
    for (const path of ['/api/people?query=a', '/api/people/recent', '/api/units', '/api/units/search?query=a', `/api/units/${unitId('market')}/members`, `/api/units/${unitId('market')}/path`]) {
      assert.equal((await server.ask('GET', path)).status, 401, path)
    }
  })
})
