/** One document to the whole district: what it costs, on a real database. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { actorAs } from '#apps/demonstration.ts'
import { services } from '#apps/services.ts'
import { uuidOfKey } from '#base/ids.ts'
import { Files } from '#platform/files/contract.ts'
import { Org } from '#platform/org/contract.ts'
import { testServer } from '#test/http.ts'
import type { TestServer } from '#test/http.ts'
import { statementsOf } from '#test/statements.ts'
import { unitId } from '#test/world/units.ts'
import { definition } from '../../module.ts'
import { server as documents } from '../index.ts'
import { deliver } from './deliver.ts'
import { deliveriesOf } from './table.ts'

/** With some room: today an organisation costs 13, and all together a dozen more. */
const MOST_FOR_EACH = 17

let server: TestServer
before(async () => {
  server = await testServer({ services, modules: [{ definition, server: documents }] })
})
after(() => server.close())

test('a document for every organisation of the district is delivered by few statements for each, in the order in which they are named', async () => {
  const actor = await actorAs(server.runtime, 'hanxuemei')
  const file = await server.runtime.command(actor, (ctx) => ctx.use(Files).create('正文.pdf', 'application/pdf', Buffer.from('%PDF-1.7\n')))
  const organisations = (await server.runtime.query(null, (ctx) => ctx.use(Org).organisations())).filter(({ parentId }) => parentId !== null)
  const document = {
    outgoingId: uuidOfKey('outgoing:everybody'), title: '关于做好防汛工作的通知', number: '长府办〔2026〕1号', docType: 'notice', urgency: 'normal', senderOrganisationId: unitId('office'),
    senderName: '上海市长宁区人民政府办公室', pdfFileId: file.id, attachmentIds: [], issuedOn: '2026-11-24',
  } as const
  const recipients = organisations.map(({ id }) => ({ organisationId: id, role: 'main' as const }))
  const sent = await statementsOf(() => server.runtime.command(actor, (ctx) => deliver(ctx, document, recipients)))
  const deliveries = await server.runtime.query(null, (ctx) => deliveriesOf(ctx, document.outgoingId))
  assert.deepEqual(deliveries.map((row) => row.organisation_id), organisations.map(({ id }) => id))
  assert.ok(organisations.length > 70 && sent.length < MOST_FOR_EACH * organisations.length, `${sent.length} statements for ${organisations.length} organisations`)
})
