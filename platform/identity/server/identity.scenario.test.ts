import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import { sql } from 'kysely'
import { Org } from '#platform/org/contract.ts'
import type { SessionWire } from '#kit/wire/session.ts'
import { PASSWORD, testServer } from '#test/http.ts'
import type { Answer, TestServer } from '#test/http.ts'
import { unitId } from '#test/world/units.ts'
import { accountId, personId, postOf } from '#test/world/world.ts'
import { Identity } from '../contract.ts'
import type { IdentityService } from '../contract.ts'

const codeOf = (answer: Answer): string => (answer.body['error'] as { code: string }).code
const sessionOf = (answer: Answer): SessionWire => answer.body as unknown as SessionWire

describe('identity', () => {
  let server: TestServer
  let now = new Date('2026-07-01T01:00:00Z')
  const later = (minutes: number): void => void (now = new Date(now.getTime() + minutes * 60_000))

  before(async () => {
    server = await testServer({ clock: () => now })
  })
  beforeEach(() => later(24 * 60))
  after(() => server.close())

  const login = (name: string, password = PASSWORD, more: { choose?: string; from?: string; cookie?: string } = {}): Promise<Answer> =>
    server.ask('POST', '/api/session', { body: { login: name, password, ...(more.choose !== undefined && { choose: more.choose }) }, ...more })
  const identity = <T>(run: (service: IdentityService) => Promise<T>): Promise<T> => server.runtime.command(null, (ctx) => run(ctx.use(Identity)))

  test('account, mobile number, alias and Chinese name all sign in, without regard to case and width', async () => {
    const phone = (await server.runtime.query(null, (ctx) => ctx.use(Org).post(postOf('luzhengyang'))))?.phone ?? ''
    await sql`insert into identity_login_alias (alias, account_id) values ('yj001', ${accountId('luzhengyang')})`.execute(server.runtime.db)
    for (const name of ['luzhengyang', ' LuZhengYang ', 'ｌｕｚｈｅｎｇｙａｎｇ', '陆正旸', phone, 'YJ001']) {
      const answer = await login(name)
      assert.equal(answer.status, 200, name)
      assert.equal(sessionOf(answer).person.id, personId('luzhengyang'))
      assert.equal(sessionOf(answer).post.postId, postOf('luzhengyang'))
    }
  })

  test('the cookie is for the server only; the table holds no token', async () => {
    const answer = await login('luzhengyang')
    const header = String(answer.headers['set-cookie'])
    assert.match(header, /HttpOnly/)
    assert.match(header, /SameSite=Lax/)
    const token = answer.cookie?.split('=')[1] ?? ''
    assert.equal(Buffer.from(token, 'base64url').length, 32)
    const { rows } = await sql<{ text: string }>`select row_to_json(s)::text as text from identity_session s`.execute(server.runtime.db)
    assert.ok(rows.every(({ text }) => !text.includes(token)))
  })

  test('people of one name are offered only to who knows a password of theirs, then chosen among', async () => {
    const wrong = await login('王磊', 'Wrong-Password-1')
    assert.deepEqual([wrong.status, codeOf(wrong)], [401, 'identity.wrong'])
    const offered = (await login('王磊')).body['choose'] as { login: string; unitName: string }[]
    assert.deepEqual(offered.map((one) => one.login).sort(), ['wanglei', 'wanglei2', 'wanglei3'])
    const chosen = await login('王磊', PASSWORD, { choose: 'wanglei2' })
    assert.equal(sessionOf(chosen).person.id, personId('wanglei2'))
    const foreign = await login('王磊', PASSWORD, { choose: 'luzhengyang' })
    assert.equal(codeOf(foreign), 'identity.wrong')
    await identity((service) => service.resetPassword('wanglei3', 'Other-Secret-77'))
    assert.deepEqual(((await login('王磊')).body['choose'] as { login: string }[]).map((one) => one.login).sort(), ['wanglei', 'wanglei2'])
  })

  test('unknown account, wrong password and closed account answer alike and hash alike', async () => {
    await identity((service) => service.setState('panyueming', 'disabled'))
    const answers = await Promise.all([login('nobody-here'), login('songyiran', 'Wrong-Password-1'), login('panyueming', 'Wrong-Password-1')])
    const shown = answers.map(({ status, body }) => ({ status, error: { ...(body['error'] as object), requestId: '' } }))
    assert.deepEqual(shown[0], shown[1])
    assert.deepEqual(shown[0], shown[2])
    assert.equal(codeOf(await login('panyueming')), 'identity.disabled')
    await identity((service) => service.setState('panyueming', 'active'))
  })

  test('a session known before signing in is worth nothing afterwards; the earlier one ends', async () => {
    const planted = 'cm_session=attacker-knows-this-value'
    const first = await login('songyiran', PASSWORD, { cookie: planted })
    assert.notEqual(first.cookie, planted)
    assert.equal((await server.ask('GET', '/api/session', { cookie: planted })).status, 401)
    const second = await login('songyiran', PASSWORD, { cookie: first.cookie ?? '' })
    assert.notEqual(second.cookie, first.cookie)
    assert.equal((await server.ask('GET', '/api/session', { cookie: first.cookie })).status, 401)
    assert.equal((await server.ask('GET', '/api/session', { cookie: second.cookie })).status, 200)
  })

  test('parallel attempts do not slip past the throttle, and only this network has to wait', async () => {
    const attempts = await Promise.all(Array.from({ length: 30 }, () => login('xujingxing', 'Wrong-Password-1', { from: '203.0.113.9' })))
    assert.equal(attempts.filter(({ status }) => status === 401).length, 5)
    const refused = attempts.filter(({ status }) => status === 429)
    assert.equal(refused.length, 25)
    assert.deepEqual(refused.map(({ body }) => (body['error'] as { details: { seconds: number } }).details.seconds), refused.map(() => 15))
    assert.equal((await login('xujingxing', PASSWORD, { from: '203.0.113.77' })).status, 429, 'same network')
    assert.equal((await login('许景行', PASSWORD, { from: '203.0.113.9' })).status, 429, 'same person by another name')
    assert.equal((await login('xujingxing', PASSWORD, { from: '198.51.100.1' })).status, 200, 'another network')
    later(1)
    assert.equal((await login('xujingxing', PASSWORD, { from: '203.0.113.9' })).status, 200, 'after the wait')
  })

  test('colleagues behind one address who sign in at the same moment do not hold each other up', async () => {
    for (const [index, name] of ['luzhengyang', 'xujingxing', 'songyiran', 'jiangheping'].entries()) {
      // Counted after a request that came a moment later.
      now = new Date(now.getTime() - index)
      assert.equal((await login(name, PASSWORD, { from: '203.0.115.9' })).status, 200, name)
    }
  })

  test('unknown accounts are throttled like known ones', async () => {
    const attempts = await Promise.all(Array.from({ length: 10 }, () => login('no-such-account', 'Wrong-Password-1', { from: '203.0.114.9' })))
    assert.equal(attempts.filter(({ status }) => status === 429).length, 5)
  })

  test('an attack from many networks does not lock the person out of her own', async () => {
    assert.equal((await login('fanqiuyu', PASSWORD, { from: '10.9.9.9' })).status, 200)
    for (let index = 0; index < 60; index += 1) {
      await login('fanqiuyu', 'Wrong-Password-1', { from: `100.64.${index}.1` })
    }
    assert.equal((await login('fanqiuyu', PASSWORD, { from: '192.0.2.1' })).status, 429)
    assert.equal((await login('fanqiuyu', PASSWORD, { from: '10.9.9.9' })).status, 200)
  })

  test('a session ends when idle, and in any case after its lifetime', async () => {
    const idle = await server.signIn('songyiran')
    later(59)
    assert.equal((await server.ask('GET', '/api/session', { cookie: idle })).status, 200)
    later(61)
    assert.equal((await server.ask('GET', '/api/session', { cookie: idle })).status, 401)
    const busy = await server.signIn('songyiran')
    for (let hour = 0; hour < 12; hour += 1) {
      await server.ask('GET', '/api/session', { cookie: busy })
      later(59)
    }
    later(15)
    assert.equal((await server.ask('GET', '/api/session', { cookie: busy })).status, 401)
  })

  test('after a change of password other sessions are over and the rules hold', async () => {
    const [mine, stolen] = [await server.signIn('gaozhiyuan'), await server.signIn('gaozhiyuan')]
    const change = (old: string, fresh: string): Promise<Answer> => server.ask('POST', '/api/password', { cookie: mine, body: { old, new: fresh } })
    assert.equal(codeOf(await change('Wrong-Password-1', 'Qing-Ming-2026')), 'identity.wrong')
    assert.equal(codeOf(await change(PASSWORD, 'short1A')), 'identity.password.weak')
    assert.equal(codeOf(await change(PASSWORD, 'Gaozhiyuan#2026')), 'identity.password.weak')
    assert.equal(codeOf(await change(PASSWORD, PASSWORD)), 'identity.password.used')
    const changed = await change(PASSWORD, 'Qing-Ming-2026')
    assert.deepEqual([changed.status, changed.body['ended']], [200, 1])
    assert.equal((await server.ask('GET', '/api/session', { cookie: stolen })).status, 401)
    assert.equal((await server.ask('GET', '/api/session', { cookie: mine })).status, 200)
    assert.equal((await login('gaozhiyuan')).status, 401)
    assert.equal(codeOf(await change('Qing-Ming-2026', PASSWORD)), 'identity.password.used')
  })

  test('a password of 90 days opens no session until it is changed', async () => {
    const cookie = await server.signIn('situlan')
    await server.ask('POST', '/api/password', { cookie, body: { old: PASSWORD, new: 'Hai-Tang-2026' } })
    later(91 * 24 * 60)
    assert.equal(codeOf(await login('situlan', 'Hai-Tang-2026')), 'identity.password.expired')
    const changed = await server.ask('POST', '/api/password', { body: { login: 'situlan', old: 'Hai-Tang-2026', new: 'Mu-Dan-2026-x' } })
    assert.equal(changed.status, 200)
    assert.equal((await login('situlan', 'Mu-Dan-2026-x')).status, 200)
  })

  test('a reset password ends all sessions and must be changed first', async () => {
    const cookie = await server.signIn('yeqingqing')
    await identity((service) => service.resetPassword('yeqingqing', 'Given-By-Admin-1'))
    assert.equal((await server.ask('GET', '/api/session', { cookie })).status, 401)
    assert.equal(codeOf(await login('yeqingqing', 'Given-By-Admin-1')), 'identity.password.expired')
  })

  test('own sessions are listed and ended, those of others are not there', async () => {
    const [here, there, other] = [await server.signIn('songyiran'), await server.signIn('songyiran'), await server.signIn('hexiangdong')]
    const list = async (cookie: string) => (await server.ask('GET', '/api/sessions', { cookie })).body['items'] as { id: string; current: boolean; address: string }[]
    const [mine, his] = [await list(here), await list(other)]
    assert.equal(mine.filter(({ current }) => current).length, 1)
    assert.equal(mine[0]?.address, '10.1.2.3')
    assert.equal((await server.ask('DELETE', `/api/sessions/${his[0]?.id}`, { cookie: here })).status, 404)
    assert.equal((await server.ask('GET', '/api/session', { cookie: other })).status, 200)
    const second = mine.find(({ current }) => !current)
    assert.equal((await server.ask('DELETE', `/api/sessions/${second?.id}`, { cookie: here })).status, 200)
    assert.equal((await server.ask('GET', '/api/session', { cookie: there })).status, 401)
    const again = await server.signIn('songyiran')
    assert.equal((await server.ask('POST', '/api/sessions/end-others', { cookie: here, body: {} })).body['ended'], 1)
    assert.equal((await server.ask('GET', '/api/session', { cookie: again })).status, 401)
    assert.equal((await server.ask('DELETE', '/api/session', { cookie: here })).status, 200)
    assert.equal((await server.ask('GET', '/api/session', { cookie: here })).status, 401)
  })

  test('one acts in a post of one’s own only; the choice is kept for the next session', async () => {
    const { rows } = await sql<{ person_id: string; login: string; ids: string[] }>`
      select p.person_id, a.login, array_agg(p.id::text order by p.main desc) as ids from org_post p join identity_account a on a.person_id = p.person_id
      where p.valid_to is null group by p.person_id, a.login having count(*) > 1 limit 1`.execute(server.runtime.db)
    const person = rows[0] ?? assert.fail('nobody has two posts')
    const cookie = await server.signIn(person.login)
    const second = person.ids[1] ?? ''
    const foreign = await server.ask('POST', '/api/session/post', { cookie, body: { postId: postOf('luzhengyang') } })
    assert.deepEqual([foreign.status, codeOf(foreign)], [403, 'identity.post.not-yours'])
    const chosen = await server.ask('POST', '/api/session/post', { cookie, body: { postId: second } })
    assert.equal(sessionOf(chosen).post.postId, second)
    assert.equal(sessionOf(await server.ask('GET', '/api/session', { cookie })).post.postId, second)
    assert.equal(sessionOf(await login(person.login)).post.postId, second)
  })

  test('organisation, roles and person cannot be put into a body', async () => {
    const body = { login: 'linxiaowen', password: PASSWORD, roles: ['system-admin'], organisationId: unitId('market'), personId: personId('sysadmin'), permissions: { 'audit.read': 'district' } }
    const session = sessionOf(await server.ask('POST', '/api/session', { body }))
    assert.equal(session.person.id, personId('linxiaowen'))
    assert.equal(session.post.organisationId, unitId('office'))
    assert.ok(!session.roles.includes('system-admin'))
    assert.equal(session.permissions['audit.read'], undefined)
  })

  test('a page of another site cannot act with the cookie', async () => {
    const cookie = await server.signIn('linxiaowen')
    for (const [name, value] of [['origin', 'https://evil.example'], ['sec-fetch-site', 'cross-site'], ['origin', 'null']] as const) {
      const answer = await server.ask('POST', '/api/sessions/end-others', { cookie, body: {}, headers: { [name]: value } })
      assert.deepEqual([answer.status, codeOf(answer)], [403, 'http.origin'])
    }
  })

  test('a revoked role, a closed account and an ended post are felt by the next request', async () => {
    const cookie = await server.signIn('songyiran')
    const roles = async (): Promise<readonly string[]> => sessionOf(await server.ask('GET', '/api/session', { cookie })).roles
    assert.ok((await roles()).includes('office-head'))
    const grant = { personId: personId('songyiran'), role: 'office-head', unitId: unitId('emergency') }
    await server.runtime.command(null, (ctx) => ctx.use(Org).revoke(grant))
    assert.ok(!(await roles()).includes('office-head'))
    await server.runtime.command(null, (ctx) => ctx.use(Org).grant(grant))
    assert.ok((await roles()).includes('office-head'))
    await identity((service) => service.setState('songyiran', 'disabled'))
    assert.equal((await server.ask('GET', '/api/session', { cookie })).status, 401)
    await identity((service) => service.setState('songyiran', 'active'))
  })

  test('preferences are merged, null removes, and there is an end to them', async () => {
    const client = await server.as('linxiaowen')
    await client('PATCH', '/api/session/preferences', { preferences: { theme: 'dark', size: 'large' } })
    const merged = await client('PATCH', '/api/session/preferences', { preferences: { size: null, columns: ['a'] } })
    assert.deepEqual(merged.body['preferences'], { theme: 'dark', columns: ['a'] })
    assert.equal(codeOf(await client('PATCH', '/api/session/preferences', { preferences: { big: 'x'.repeat(70_000) } })), 'identity.preferences.large')
    assert.deepEqual(sessionOf(await client('GET', '/api/session')).preferences, { theme: 'dark', columns: ['a'] })
  })
})
