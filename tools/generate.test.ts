import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { root } from './files.ts'
import { outdated, schemaDocument } from './generate.ts'
import { table } from './generators/table.ts'

test('the schema to read is what the migrations make', async () => {
  const { path, text } = await schemaDocument()
  assert.equal(readFileSync(join(root, path), 'utf8'), text, `${path}: not up to date, run npm run generate`)
})

test('the other documents are up to date, and texts cannot break their tables', async () => {
  assert.deepEqual(await outdated(), [])
  assert.deepEqual(table(['a', 'b'], [['x|y', 'two\nlines']]), ['| a | b |', '| --- | --- |', String.raw`| x\|y | two lines |`])
})
