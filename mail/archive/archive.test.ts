import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { absent, suiteFolder } from '#test/conformance/suites.ts'
import { generator } from '../mime/test/random.ts'
import type { Archived, Numbered } from './format.ts'
import { FORMATS, recognise } from './formats.ts'
import { fileNameOf, nameOf, pathOf } from './names.ts'

let folder = ''
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chengming-archive-'))
})
after(() => rm(folder, { recursive: true }))

async function* listed(all: readonly Buffer[]): AsyncGenerator<Numbered> {
  for (const [index, raw] of all.entries()) yield { mailbox: '邮件', raw, flags: index % 2 === 0 ? ['\\Seen'] : ['旗'], internalAt: 1_700_000_000_000 + index, uid: index + 1, subject: '标题' }
}

async function outAndIn(all: readonly Buffer[], name: string): Promise<void> {
  for (const format of FORMATS) {
    const path = join(folder, name, format.id)
    assert.equal(await format.write(path, '邮件', listed(all)), all.length)
    assert.equal(await recognise(path), format)
    const back: Archived[] = []
    for await (const one of format.read(path)) back.push(one)
    const expected: Archived[] = []
    for await (const { mailbox, raw, flags, internalAt } of listed(all)) expected.push({ mailbox, raw, flags, internalAt })
    assert.deepEqual(back, expected, format.id)
  }
}

test('random messages come back octet for octet', async () => {
  const { message } = generator(7)
  await outAndIn(Array.from({ length: 500 }, message), 'random')
})

const suite = suiteFolder('mime')
test('every message of the suite comes back octet for octet', { skip: suite === null ? absent('mime') : false }, async () => {
  const files = (await readdir(suite ?? '', { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile())
  assert.ok(files.length > 50, `${files.length} messages`)
  await outAndIn(await Promise.all(files.map((entry) => readFile(join(entry.parentPath, entry.name)))), 'suite')
})

test('names of mailboxes become names of files and back', () => {
  for (const name of ['收件', 'a:b*c?', '.x', 'x.', ' x ', '100%', 'a\\b', '%41', '𠮷田']) {
    const file = fileNameOf(name)
    assert.doesNotMatch(file, /[\\/:*?"<>|]|^[. ]|[. ]$/)
    assert.equal(nameOf(file), name)
  }
})

test('a mailbox whose name is longer than names of files may be comes out under a shorter one, in every format', async () => {
  const names = ['长'.repeat(490), `${'长'.repeat(489)}短`, `a/${'%'.repeat(400)}`]
  const folders = names.flatMap((name) => pathOf(name))
  assert.ok(folders.every((folder) => Buffer.byteLength(folder) <= 240 && !/%[\dA-F]?~/.test(folder)))
  assert.equal(new Set(folders).size, folders.length)
  for (const format of FORMATS) for (const name of names) assert.equal(await format.write(join(folder, 'long', format.id), name, listed([Buffer.from('x')])), 1, format.id)
})
