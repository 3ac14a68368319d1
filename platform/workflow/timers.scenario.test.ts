/** The timers of a running application: nobody calls anything, the job of the minute finds what is due. */
import assert from 'node:assert/strict'
import { tmpdir } from 'node:os'
import { after, before, test } from 'node:test'
import { startApplication } from '#apps/boot.ts'
import { services } from '#apps/services.ts'
import type { RecordDetailWire } from '#kit/wire/record.ts'
import { eventually } from '#test/hostile/program.ts'
import { testServer } from '#test/http.ts'
import type { Answer, Client, TestServer } from '#test/http.ts'
import { proofModule, proofTable } from '#test/proof-module.ts'
import { personId } from '#test/world/world.ts'

let server: TestServer
/** A Tuesday, 10:03 in Shanghai. */
let now = new Date('2026-09-01T02:03:00Z')
before(async () => { server = await testServer({ services: [proofTable, ...services], modules: [proofModule], clock: () => now }) })
after(() => server.close())

function ok<T>({ status, body }: Answer): T {
  assert.equal(status, 200, JSON.stringify(body))
  return body as T
}

/** What a person has been told, newest first. */
const told = async (ask: Client): Promise<readonly string[]> =>
  ok<{ items: { title: string; text: string | null }[] }>(await ask('GET', '/api/notices')).items.map(({ title, text }) => `${title}：${text ?? ''}`)

test('an overdue step reminds its holder as soon as the application with the jobs role runs', async () => {
  const writer = await server.as('linxiaowen')
  const values = { subject: '关于防汛的请示', head: personId('hexiangdong'), signers: [personId('zhugening')], side: personId('hanxuemei'), chain: [personId('wanglei')], until: '2026-12-01' }
  const { id, version } = ok<RecordDetailWire>(await writer('POST', '/api/records/proof_paper', { values }))
  ok(await writer('POST', `/api/records/proof_paper/${id}/start`, { version }))
  now = new Date('2026-09-03T02:03:00Z')
  const head = await server.as('hexiangdong')
  assert.deepEqual(await told(head), ['关于防汛的请示：请办理'])
  await startApplication(server.runtime, { dataDir: tmpdir(), trustProxy: false, publicUrl: undefined, roles: ['jobs'] })
  const later = await eventually(() => told(head), (notices) => notices.includes('关于防汛的请示：已经超期'))
  assert.deepEqual(later.toSorted(), ['关于防汛的请示：即将到期', '关于防汛的请示：已经超期', '关于防汛的请示：请办理'].toSorted())
})
