/** Every registered address, attacked by a table made from the register itself: whoever adds a route is tested without writing a line. */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { InjectOptions, LightMyRequestResponse } from 'fastify'
import { sql } from 'kysely'
import { actorAs } from '#apps/demonstration.ts'
import { services } from '#apps/services.ts'
import type { RecordDetailWire } from '#kit/wire/record.ts'
import { Files } from '#platform/files/contract.ts'
import { allRoutes } from '#platform/http/server/all-routes.ts'
import type { Route } from '#platform/http/server/route.ts'
import { loadModules } from '#platform/registry/server/load-modules.ts'
import { COLD_WAVE } from '#modules/documents/server/outgoing/seed-texts.ts'
import { testServer } from '#test/http.ts'
import type { TestServer } from '#test/http.ts'
import { personId } from '#test/world/world.ts'
import { inputOf, requestOf } from './routes.ts'
import type { Known } from './routes.ts'

const SECRET = '鹧鸪天专用标记'
const OWNER = 'linxiaowen'
/** A clerk of another organisation, and one who runs the system but must not read what is written in it. */
const STRANGERS = ['yeqingqing', 'sysadmin'] as const
/** These end or change the attacker's own session, and nothing else. */
const OWN_SESSION = /^\/api\/(session|password)/

let it: TestServer
let known: Readonly<Record<'documents' | 'leave', Known>>

async function made(entity: string, values: object): Promise<RecordDetailWire> {
  const client = await it.as(OWNER)
  const created = await client('POST', `/api/records/${entity}`, { values })
  assert.equal(created.status, 200, JSON.stringify(created.body))
  const { id, version } = created.body as unknown as RecordDetailWire
  const started = await client('POST', `/api/records/${entity}/${id}/start`, { version })
  assert.equal(started.status, 200, JSON.stringify(started.body))
  return (await client('GET', `/api/records/${entity}/${id}`)).body as unknown as RecordDetailWire
}

async function knownOf(entity: string, record: RecordDetailWire, more: Known): Promise<Known> {
  const { rows } = await sql<{ id: string }>`select case_id || '-' || id as id from workflow_task where case_id = ${record.caseId} limit 1`.execute(it.runtime.db)
  return { entity, id: record.id, recordId: record.id, version: record.version, caseId: record.caseId, taskId: rows[0]?.id, ...more }
}

before(async () => {
  it = await testServer({ services, modules: await loadModules(), clock: () => new Date('2026-11-20T02:00:00Z') })
  const file = await it.runtime.command(await actorAs(it.runtime, OWNER), (ctx) => ctx.use(Files).create(`${SECRET}.txt`, 'text/plain', Buffer.from(SECRET)))
  const document = await made('documents_outgoing', { secrecy: 'none', disclosure: 'on-request', signer: personId('zhoumuyuan'), ...COLD_WAVE, subject: `关于${SECRET}的通知`, attachments: [file.id] })
  const leave = await made('leave_request', { kind: 'personal', period: { start: '2026-12-01', end: '2026-12-01' }, reason: SECRET, place: 'local', standIn: personId('hexiangdong') })
  const people = { personId: personId(OWNER), person: personId(OWNER), fileId: file.id, ids: file.id, query: SECRET, search: SECRET }
  known = { documents: await knownOf('documents_outgoing', document, people), leave: await knownOf('leave_request', leave, people) }
})
after(() => it.close())

const knownFor = ({ path }: Pick<Route, 'path'>): readonly Known[] => {
  const of = path.startsWith('/api/leave/') ? [known.leave] : path.startsWith('/api/documents/') ? [known.documents] : Object.values(known)
  const idOf = (one: Known): unknown => (/^\/api\/(tasks|readings)\//.test(path) ? one['taskId'] : path.startsWith('/api/cases/') ? one['caseId'] : path.startsWith('/api/files/') ? one['fileId'] : path.startsWith('/api/admin/dead-letters') ? '1' : one['id'])
  return of.map((one) => ({ ...one, id: idOf(one) }))
}

type Attacked = Pick<Route, 'method' | 'path' | 'input' | 'open' | 'permission'>

/** Routes of the register and of plug-ins; the stream of events never ends and is left to the check without a session. */
const routes = (): Attacked[] => [
  ...allRoutes(it.runtime), ...services.flatMap(({ described = [] }) => described).filter(({ path }) => path.startsWith('/api/')),
]
const label = ({ method, path }: Pick<Route, 'method' | 'path'>): string => `${method} ${path}`

/** Every row that must not change by attacks, as text. */
async function state(): Promise<ReadonlySet<string>> {
  const tables = ['documents_outgoing', 'leave_request', 'workflow_case', 'workflow_task', 'workflow_actor', 'leave_entry', 'org_unit']
  const rows = await Promise.all(tables.map(async (name) => (await sql`select * from ${sql.table(name)}`.execute(it.runtime.db)).rows.map((row) => `${name} ${JSON.stringify(row)}`)))
  return new Set(rows.flat())
}

const send = (options: InjectOptions): Promise<LightMyRequestResponse> => it.app.inject(options)

async function attack(login: string | null, each: (route: Pick<Route, 'method' | 'path'>, status: number, body: string) => void): Promise<void> {
  let cookie = login === null ? undefined : await it.signIn(login)
  for (const route of routes().filter(({ path }) => path !== '/api/events' || login === null)) {
    for (const one of knownFor(route)) {
      const { method, url, body } = requestOf(route, inputOf(route, one))
      const answer = await send({ method, url, remoteAddress: '10.9.9.9', ...(cookie !== undefined && { headers: { cookie } }), ...(body !== undefined && { payload: body }) })
      each(route, answer.statusCode, answer.body)
      if (login !== null && OWN_SESSION.test(route.path)) cookie = await it.signIn(login)
    }
  }
}

describe('every registered route', () => {
  test('without a session: 401 and nothing else', async () => {
    const open = new Set(routes().filter((route) => route.open === true).map(label))
    const wrong: string[] = []
    await attack(null, (route, status) => void (status !== 401 && !open.has(label(route)) && wrong.push(`${label(route)} ${status}`)))
    assert.deepEqual(wrong, [])
    assert.deepEqual([...open], ['POST /api/session', 'POST /api/password'])
  })

  for (const stranger of STRANGERS) {
    test(`${stranger} with the ids of others: no word of what is theirs, no change, no failure of ours`, async () => {
      const before = await state()
      const [leaks, failures, malformed]: [string[], string[], string[]] = [[], [], []]
      await attack(stranger, (route, status, text) => {
        if (status >= 500) failures.push(`${label(route)} ${status}`)
        if (text.includes(SECRET) && status < 400) leaks.push(`${label(route)} ${text.slice(0, 200)}`)
        if (text.includes('"http.invalid"')) malformed.push(`${label(route)} ${text.slice(0, 160)}`)
      })
      assert.deepEqual({ leaks, failures, malformed }, { leaks: [], failures: [], malformed: [] })
      assert.deepEqual([...before.difference(await state())], [])
    })
  }
})

/** What no form sends: each in place of each field of each route. */
const NASTY: readonly unknown[] = [
  'a\u0000b', '\ud800', 'x'.repeat(100_000), "'; drop table org_person; --", '__proto__', '', null, -1, 1e308, [[]], JSON.parse('{"__proto__":{"polluted":true},"toString":1}') as unknown, '2026-02-30',
]

describe('values no form sends, in every field of every route', () => {
  /** Routes for administrators are open to an administrator only; all others to the owner of the records. */
  const chosen = (login: string): Attacked[] => routes().filter(({ path, permission = '' }) => path !== '/api/events' && path !== '/api/files' && /^(calendar|dictionary|events|jobs)/.test(permission) === (login === 'sysadmin'))
  for (const login of [OWNER, 'sysadmin']) {
    test(`${login}: refused or taken, never a failure of ours`, async () => {
      const failures: string[] = []
      let cookie = await it.signIn(login)
      const stir = async (route: Attacked, name: string, value: unknown): Promise<void> => {
        const { method, url, body } = requestOf(route, { ...inputOf(route, knownFor(route)[0] ?? {}), [name]: value })
        const answer = await send({ method, url, remoteAddress: '10.8.8.8', headers: { cookie }, ...(body !== undefined && { payload: body }) })
        if (answer.statusCode >= 500) failures.push(`${label(route)} ${name}=${JSON.stringify(value).slice(0, 60)} ${answer.statusCode}`)
      }
      for (const route of chosen(login)) {
        for (const name of Object.keys(inputOf(route, {}))) for (const value of NASTY) await stir(route, name, value)
        if (OWN_SESSION.test(route.path)) cookie = await it.signIn(login)
      }
      assert.deepEqual(failures, [])
      assert.equal(({} as { polluted?: boolean }).polluted, undefined)
    })
  }
})
