import assert from 'node:assert/strict'
import { test } from 'node:test'
import { explain } from '#apps/explain.ts'
import { Failure } from '#kit/failure.ts'
import { explained } from './bring.ts'

const full: readonly (readonly [string, unknown])[] = [['files', new Failure('files.disk-full')], ['the database', Object.assign(new Error('could not extend file'), { code: '53100' })]]
for (const [where, error] of full) {
  test(`no room for ${where}: a migration says so and tries again, an import on the command line says so`, () => {
    assert.deepEqual(explained(error), { text: '服务器存储空间不足，已导入的保留；请腾出空间后再试', again: true })
    assert.match(explain(error), /空间/)
  })
}

test('a full mailbox is told by its name, and is not tried again', () => assert.deepEqual([explained(new Failure('mail.quota.full', { name: '林' })).again, explained(new Failure('mail.quota.full', { name: '林' })).text.includes('林')], [false, true]))
