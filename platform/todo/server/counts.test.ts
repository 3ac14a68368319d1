import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { services } from '#apps/services.ts'
import { Notify } from '#platform/notify/contract.ts'
import { Todo } from '#platform/todo/contract.ts'
import type { TodoItem } from '#platform/todo/contract.ts'
import { testServer } from '#test/http.ts'
import type { TestServer } from '#test/http.ts'

let server: TestServer
before(async () => { server = await testServer({ services }) })
after(() => server.close())

const line = (id: string, personId: string, box: TodoItem['box']): TodoItem => ({
  id, personId, box, entity: 'leave_request', recordId: '01930000-0000-7000-8000-000000000001', caseId: '01930000-0000-7000-8000-000000000002', title: id, moduleTitle: '请休假', stepName: '审批',
  from: '林晓雯', urgency: 'normal', at: new Date('2026-11-24T02:00:00Z'), due: null, where: null, batch: false, revision: 1,
})

test('the numbers on the pages count what waits, what is to be read and unread notices of this person', async () => {
  const head = await server.as('zhoumuyuan')
  const other = await server.as('luzhengyang')
  const { person } = (await head('GET', '/api/session')).body as { person: { id: string } }
  assert.deepEqual((await head('GET', '/api/counts')).body, { todo: 0, toread: 0, notices: 0 })
  await server.runtime.command(null, async (ctx) => {
    await ctx.use(Todo).put([line('a', person.id, 'todo'), line('b', person.id, 'todo'), line('c', person.id, 'toread'), line('d', person.id, 'done')])
    await ctx.use(Notify).tell([person.id], { kind: 'system', title: '今晚维护' })
  })
  assert.deepEqual((await head('GET', '/api/counts')).body, { todo: 2, toread: 1, notices: 1 })
  assert.deepEqual((await other('GET', '/api/counts')).body, { todo: 0, toread: 0, notices: 0 })
  assert.equal((await server.ask('GET', '/api/counts')).status, 401)
})
