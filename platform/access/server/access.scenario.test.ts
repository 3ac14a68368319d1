import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { z } from 'zod'
import { uuidOfKey } from '#base/ids.ts'
import { query } from '#kit/api.ts'
import { entity } from '#kit/entity.ts'
import { text } from '#kit/fields/text.ts'
import { module } from '#kit/module.ts'
import type { Actor } from '#kit/context.ts'
import { Identity } from '#platform/identity/contract.ts'
import { Org } from '#platform/org/contract.ts'
import { handle } from '#platform/registry/server/module-server.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { testServer } from '#test/http.ts'
import type { Answer, TestServer } from '#test/http.ts'
import { unitId } from '#test/world/units.ts'
import { personId, postOf } from '#test/world/world.ts'
import { Access } from '../contract.ts'
import { followMoved } from './moved.ts'

const note = entity('notes_note', '便笺', { body: text('内容', { max: 100 }) }, { states: { open: '在办' }, title: '{body}' })
const seen = query('notes.seen', { title: '能否看到', permission: 'notes.view', input: z.object({ id: z.uuid() }), output: z.object({ seen: z.boolean() }) })
const notes = module({
  id: 'notes', title: '便笺', icon: 'note', group: 'office', order: 1, entities: [note], endpoints: [seen],
  access: {
    view: { clerk: 'own', 'department-head': 'unit', 'office-head': 'unit-and-below', 'unit-head': 'organisation', leader: 'unit-and-below' },
    manage: { 'office-head': 'organisation' },
  },
})
const notesServer = { handlers: [handle(seen, async (ctx: ServerContext, { id }) => ({ seen: await ctx.use(Access).sees('notes_note', id, 'notes.view') }))] }

describe('access', () => {
  let server: TestServer
  const id = uuidOfKey('note:1')
  const written = new Date('2026-07-01T01:00:00Z')

  before(async () => {
    server = await testServer({ modules: [{ definition: notes, server: notesServer }] })
    await server.runtime.command(null, async (ctx) => {
      const access = ctx.use(Access)
      const principals = [`p:${personId('jiangheping')}`, ...(await access.ownerPrincipals(unitId('emergency/command')))]
      await access.show('notes_note', id, written, principals)
      await access.show('notes_note', id, written, principals)
    })
  })
  after(() => server.close())

  const actor = async (login: string): Promise<Actor> =>
    (await server.runtime.query(null, (ctx) => ctx.use(Identity).actorInPost(postOf(login)))) ?? assert.fail(login)
  const sees = async (login: string): Promise<boolean> => {
    const who = await actor(login)
    return server.runtime.query(who, (ctx) => ctx.use(Access).sees('notes_note', id, 'notes.view'))
  }
  const ask = async (login: string): Promise<Answer> => (await server.as(login))('GET', `/api/notes/seen?id=${id}`)
  const tell = (run: (ctx: ServerContext) => Promise<void>): Promise<void> => server.runtime.command(null, run)

  test('the writer, her superiors by scope and the district’s leaders see a record; others of two organisations do not', async () => {
    for (const login of ['jiangheping', 'luzhengyang', 'chenliqun']) assert.equal(await sees(login), true, login)
    for (const login of ['linxiaowen', 'yeqingqing', 'fanqiuyu', 'dengyichuan', 'wanglei2']) assert.equal(await sees(login), false, login)
  })

  test('a guessed id says no more than a foreign one; without the permission the door is shut', async () => {
    const clerk = await server.as('yeqingqing')
    const [foreign, guessed] = [await clerk('GET', `/api/notes/seen?id=${id}`), await clerk('GET', `/api/notes/seen?id=${uuidOfKey('note:none')}`)]
    assert.deepEqual([foreign.status, foreign.body], [guessed.status, guessed.body])
    assert.deepEqual(foreign.body, { seen: false })
    for (const login of ['sysadmin', 'secadmin', 'auditor']) assert.equal((await ask(login)).status, 403, login)
  })

  test('administrators read no business data, not even what was shown to them', async () => {
    const mine = [`p:${personId('sysadmin')}`, `m:${unitId('district')}`]
    await tell((ctx) => ctx.use(Access).show('notes_note', id, written, mine))
    assert.equal(await sees('sysadmin'), false)
    assert.equal(await sees('yeqingqing'), true)
    await tell((ctx) => ctx.use(Access).hide('notes_note', id, mine))
    assert.equal(await sees('yeqingqing'), false)
  })

  test('what is shown to a unit is seen by its members and those below, whatever their scope', async () => {
    await tell((ctx) => ctx.use(Access).show('notes_note', id, written, [`m:${unitId('market')}`]))
    assert.equal(await sees('yeqingqing'), true)
    assert.equal(await sees('linxiaowen'), false)
    await tell((ctx) => ctx.use(Access).hide('notes_note', id, [`m:${unitId('market')}`]))
  })

  test('a given and a revoked role count from the next request, in a session opened before', async () => {
    const client = await server.as('yeqingqing')
    const look = async (): Promise<unknown> => (await client('GET', `/api/notes/seen?id=${id}`)).body['seen']
    const grant = { personId: personId('yeqingqing'), role: 'office-head', unitId: unitId('emergency') }
    assert.equal(await look(), false)
    await tell((ctx) => ctx.use(Org).grant(grant))
    assert.equal(await look(), true)
    await tell((ctx) => ctx.use(Org).revoke(grant))
    assert.equal(await look(), false)
  })

  test('a grant that is rolled back leaves no trace in what is kept of rights', async () => {
    const client = await server.as('yeqingqing')
    const who = await actor('yeqingqing')
    await assert.rejects(server.runtime.command(who, async (ctx) => {
      await ctx.use(Org).grant({ personId: who.personId, role: 'office-head', unitId: unitId('emergency') })
      assert.equal(await ctx.use(Access).scope('notes.view'), 'unit-and-below')
      ctx.fail('http.invalid')
    }))
    assert.deepEqual((await client('GET', `/api/notes/seen?id=${id}`)).body, { seen: false })
  })

  test('the session tells what is permitted, with the widest scope', async () => {
    const permissions = (await (await server.as('songyiran'))('GET', '/api/session')).body['permissions'] as Record<string, string>
    assert.equal(permissions['notes.manage'], 'organisation')
    assert.equal(permissions['notes.view'], 'unit-and-below')
    assert.equal(permissions['audit.read'], undefined)
  })

  test('「谁能看到这条」 names people and units', async () => {
    const names = await server.runtime.query(null, (ctx) => ctx.use(Access).whoSees('notes_note', id))
    assert.equal(names[0]?.name, '蒋和坪')
    assert.ok(names.some(({ name }) => name === '区应急局中可查看本单位的人员'))
  })

  test('records follow their department when it moves: the old superiors lose sight, the new ones gain it', async () => {
    const sawBefore = await sees('songyiran')
    await tell((ctx) => ctx.use(Org).moveUnit(unitId('emergency/command'), unitId('market')))
    await tell((ctx) => followMoved(ctx, { unitIds: [unitId('emergency/command')] }))
    assert.equal(sawBefore, true)
    assert.equal(await sees('songyiran'), false)
    assert.equal(await sees('luzhengyang'), false)
    assert.equal(await sees('dengyichuan'), true)
    assert.equal(await sees('chenliqun'), true)
  })
})
