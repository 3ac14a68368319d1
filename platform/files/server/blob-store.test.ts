import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdtemp, readdir, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { afterEach, beforeEach, test } from 'node:test'
import { folderStore } from './blob-store.ts'

let root = ''
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'chengming-blobs-'))
})
afterEach(() => rm(root, { recursive: true }))

async function* chunks(...parts: (Uint8Array | Error)[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) {
    if (part instanceof Error) throw part
    yield part
  }
}
const drafts = (): Promise<string[]> => readdir(join(root, 'drafts'))

test('kept content is found under its hash, whole and in parts', async () => {
  const store = folderStore(root)
  const draft = await store.write(chunks(Buffer.alloc(5000, 1), Buffer.from('end')), 10_000)
  assert.equal(draft.size, 5003)
  assert.equal(draft.head.length, 4096)
  assert.equal(draft.hash, createHash('sha256').update(Buffer.alloc(5000, 1)).update('end').digest('hex'))
  await draft.keep()
  await draft.discard()
  assert.equal((await buffer(store.read(draft.hash))).length, 5003)
  assert.equal((await buffer(store.read(draft.hash, { start: 5000, end: 5002 }))).toString(), 'end')
  assert.deepEqual((await Array.fromAsync(store.list())).map(({ hash, size }) => ({ hash, size })), [{ hash: draft.hash, size: 5003 }])
  await store.remove(draft.hash)
  assert.deepEqual(await Array.fromAsync(store.list()), [])
})

test('a repeated command may keep the same draft again, and the same content again', async () => {
  const store = folderStore(root)
  for (const draft of [await store.write(chunks(Buffer.from('same')), 10), await store.write(chunks(Buffer.from('same')), 10)]) {
    await draft.keep()
    await draft.keep()
  }
  assert.equal((await Array.fromAsync(store.list())).length, 1)
  assert.deepEqual(await drafts(), [])
})

test('too large or broken off: an error, and nothing is left', async () => {
  const store = folderStore(root)
  await assert.rejects(store.write(chunks(Buffer.alloc(6), Buffer.alloc(6)), 10), { code: 'files.large' })
  await assert.rejects(store.write(chunks(Buffer.alloc(6), new Error('aborted')), 10), /aborted/)
  await assert.rejects(store.write(chunks(Buffer.alloc(6), Object.assign(new Error('full'), { code: 'ENOSPC' })), 10), { code: 'files.disk-full' })
  assert.deepEqual(await drafts(), [])
})

test('drafts of dead processes go, younger ones stay', async () => {
  const store = folderStore(root)
  await store.write(chunks(Buffer.from('left behind')), 100)
  await store.removeDraftsBefore(new Date(0))
  assert.equal((await drafts()).length, 1)
  await store.removeDraftsBefore(new Date(8e12))
  assert.equal((await drafts()).length, 0)
})

test('old content goes, content put there anew stays, and what a dead process had taken aside comes back', async () => {
  const store = folderStore(root)
  const draft = await store.write(chunks(Buffer.from('kept')), 100)
  await draft.keep()
  assert.equal(await store.removeOlder(draft.hash, new Date(0)), false)
  assert.equal((await buffer(store.read(draft.hash))).toString(), 'kept')
  await rename(join(root, draft.hash.slice(0, 2), draft.hash), join(root, 'drafts', `${draft.hash}.old`))
  assert.equal((await Array.fromAsync(store.list())).length, 1)
  assert.equal(await store.removeOlder(draft.hash, new Date(8e12)), true)
  assert.deepEqual([await Array.fromAsync(store.list()), await drafts()], [[], []])
  assert.equal(await store.removeOlder(draft.hash, new Date(8e12)), false)
})
