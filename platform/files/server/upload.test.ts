import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { utimes } from 'node:fs/promises'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { Document, Packer, Paragraph } from 'docx'
import { sql } from 'kysely'
import type { Actor } from '#kit/context.ts'
import { service as audit } from '#platform/audit/server/index.ts'
import { testRuntime } from '#test/runtime.ts'
import type { TestRuntime } from '#test/runtime.ts'
import { Files } from '../contract.ts'
import { collectGarbage } from './collect-garbage.ts'
import { firstPageText } from './first-page.ts'
import { service } from './index.ts'
import { DOCX } from './sniff.ts'
import { storeOf } from './store-of.ts'
import { uploadFile } from './upload.ts'

let it: TestRuntime
let now = new Date('2026-07-01T00:00:00Z')
before(async () => {
  it = await testRuntime({ services: [audit, service], clock: () => now })
})
after(() => it.close())

const actor = (): Actor => ({
  accountId: randomUUID(), personId: randomUUID(), name: '李敏', postId: randomUUID(), unitId: randomUUID(), unitName: '办公室', organisationId: randomUUID(),
  organisationName: '区应急局', roles: [], sessionId: randomUUID(),
})
const source = (bytes: string | Uint8Array): AsyncIterable<Uint8Array> => (async function* () { yield Buffer.from(bytes) })()
const upload = (who: Actor, name: string, bytes: string | Uint8Array) => uploadFile(it.runtime, who, { name, source: source(bytes), limit: 1e6 })
const stored = async (): Promise<string[]> => (await Array.fromAsync(storeOf(it.runtime).list())).map(({ hash }) => hash)

test('a file is its owner\'s until it is bound; the same content is kept once', async () => {
  const [owner, other] = [actor(), actor()]
  const file = await upload(owner, '../通知.txt', '关于放假的通知')
  const again = await upload(other, '副本.txt', '关于放假的通知')
  assert.deepEqual([file.name, file.mime, file.size, again.hash], ['通知.txt', 'text/plain', 21, file.hash])
  assert.deepEqual(await stored(), [file.hash])
  const mayRead = (who: Actor) => it.runtime.query(who, (ctx) => ctx.use(Files).mayRead(file.id))
  assert.deepEqual([await mayRead(owner), await mayRead(other)], [true, false])
  const bind = (who: Actor) => it.runtime.command(who, (ctx) => ctx.use(Files).attach([file.id], { type: 'leave_request', id: randomUUID(), permission: 'leave.view' }))
  await assert.rejects(bind(other), { code: 'files.not-yours' })
  await assert.rejects(it.runtime.command(owner, (ctx) => ctx.use(Files).attach([randomUUID()], { type: 'x', id: 'y', permission: 'z' })), { code: 'files.not-yours' })
  await bind(owner)
  assert.deepEqual((await it.runtime.query(null, (ctx) => ctx.use(Files).info([again.id, randomUUID(), file.id]))).map(({ id }) => id), [again.id, file.id])
  assert.equal(Buffer.from(await it.runtime.query(null, (ctx) => ctx.use(Files).read(file.id))).toString(), '关于放假的通知')
})

test('empty, oversized and failing uploads leave nothing', async () => {
  const before = await stored()
  await assert.rejects(upload(actor(), 'a.txt', ''), { code: 'files.empty' })
  await assert.rejects(upload(actor(), 'a.txt', Buffer.alloc(1_000_001)), { code: 'files.large' })
  await assert.rejects(upload({ ...actor(), personId: 'not a uuid' }, 'a.txt', '内容'), /uuid/)
  assert.deepEqual(await readdir(join(it.runtime.dataDir, 'blobs/drafts')), [])
  assert.equal((await sql`select 1 from files_blob`.execute(it.runtime.db)).rows.length, before.length)
})

test('the first page of a DOCX is read, the mark found', async () => {
  const document = new Document({ sections: [{ children: [new Paragraph('000001'), new Paragraph('机密★1年'), new Paragraph('关于R&D的通知')] }] })
  const draft = await storeOf(it.runtime).write(source(await Packer.toBuffer(document)), 1e6)
  assert.equal((await firstPageText(draft, DOCX)).trim(), '000001\n机密★1年\n关于R&D的通知')
  await draft.discard()
})

test('the first page of a PDF is read in a thread; a broken one has no text', async () => {
  const pdf = '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj '
    + '3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj '
    + '4 0 obj<</Length 37>>stream\nBT /F 12 Tf 20 100 Td (SECRET) Tj ET \nendstream endobj 5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj trailer<</Root 1 0 R>>'
  const texts = await Promise.all([pdf, '%PDF-1.7 broken'].map(async (bytes) => {
    const draft = await storeOf(it.runtime).write(source(bytes), 1e6)
    return firstPageText(draft, 'application/pdf')
  }))
  assert.deepEqual(texts.map((text) => text.trim()), ['SECRET', ''])
})

test('clean-up: what nobody bound, contents without a file, strays; bound and young ones stay', async () => {
  const owner = actor()
  const [bound, unbound] = [await upload(owner, 'a.txt', 'bound'), await upload(owner, 'b.txt', 'unbound')]
  await it.runtime.command(owner, (ctx) => ctx.use(Files).attach([bound.id], { type: 'x', id: 'y', permission: 'z' }))
  const stray = await storeOf(it.runtime).write(source('stray'), 100)
  await stray.keep()
  await utimes(join(it.runtime.dataDir, 'blobs', stray.hash.slice(0, 2), stray.hash), now, now)
  now = new Date('2026-08-15T00:00:00Z')
  const young = await upload(owner, 'c.txt', 'young')
  await it.runtime.command(null, collectGarbage)
  const left = await stored()
  assert.deepEqual([bound, unbound, stray, young].map(({ hash }) => left.includes(hash)), [true, false, false, true])
})
