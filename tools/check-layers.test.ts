import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkLayers } from './check-layers.ts'

const sound: Record<string, string> = {
  'base/ids.ts': 'export const id = 1',
  'kit/entity.ts': "import { id } from '#base/ids.ts'\nexport const e = id",
  'platform/org/contract.ts': "import type { e } from '#kit/entity.ts'",
  'platform/org/server/org.ts': "import fs from 'node:fs'\nimport pg from 'pg'",
  'platform/registry/server/registry.ts': "import { leave } from '#modules/leave/module.ts'",
  'modules/leave/module.ts': "import { model } from './model.ts'\nexport const leave = { needs: ['schedule'], model }",
  'modules/leave/api.ts': "import { z } from 'zod'\nexport const api = z",
  'modules/leave/model.ts': "import { e } from '#kit/entity.ts'\nexport const model = e",
  'modules/leave/contract.ts': "import type { model } from './model.ts'",
  'modules/leave/server/commands.ts': "import { book } from '#modules/schedule/contract.ts'\nconst sql = `select * from leave_request join \"leave\" on true`",
  'modules/leave/server/migrations/0001-start.sql': 'create table leave_request (id int); -- from schedule_entry',
  'modules/leave/web/board.page.tsx': "import { Button } from '#ui/button.tsx'\nimport { model } from '../model.ts'",
  'modules/schedule/module.ts': 'export const schedule = { needs: [] }',
  'modules/schedule/contract.ts': 'export const book = 1',
  'mail/imap/fetch.ts': "import net from 'node:net'\nimport type { Store } from '../store/contract.ts'",
  'interop/onenet/server/push.ts': "import { book } from '#modules/schedule/contract.ts'",
  'ui/button.tsx': "import { id } from '#base/ids.ts'\nimport { x } from 'react'",
  'web/main.tsx': "import { leave } from '#modules/leave/module.ts'\nconst page = () => import('#modules/leave/web/board.page.tsx')",
  'apps/demonstration.ts': "import { people } from '#test/world/people.ts'",
  'apps/server.ts': "import '#interop/onenet/server/push.ts'",
}

const violations = (changes: Record<string, string>): string[] => checkLayers(new Map(Object.entries({ ...sound, ...changes })))

test('a sound tree has no violation', () => {
  assert.deepEqual(violations({}), [])
})

const planted: [string, Record<string, string>, RegExp][] = [
  ['base imports kit', { 'base/x.ts': "import { e } from '#kit/entity.ts'" }, /base must not import kit/],
  ['kit imports platform', { 'kit/x.ts': "import type { O } from '#platform/org/contract.ts'" }, /kit must not import platform/],
  ['platform imports a module', { 'platform/org/server/x.ts': "import { book } from '#modules/schedule/contract.ts'" }, /platform must not import modules/],
  ['platform imports mail', { 'platform/org/server/x.ts': "export { x } from '#mail/imap/fetch.ts'" }, /platform must not import mail/],
  ['a module imports mail', { 'modules/leave/server/x.ts': "import { x } from '#mail/imap/fetch.ts'" }, /modules must not import mail/],
  ['mail imports a module', { 'mail/queue/x.ts': "import { book } from '#modules/schedule/contract.ts'" }, /mail must not import modules/],
  ['a module imports interop', { 'modules/leave/server/x.ts': "import '#interop/onenet/server/push.ts'" }, /modules must not import interop/],
  ['interop imports apps', { 'interop/onenet/server/x.ts': "import '../../../apps/server.ts'" }, /interop must not import apps/],
  ['ui imports platform', { 'ui/x.ts': "import { x } from '#platform/org/contract.ts'" }, /ui must not import platform/],
  ['server code imports ui', { 'platform/org/server/x.ts': "import { B } from '#ui/button.tsx'" }, /platform must not import ui/],
  ['web imports mobile', { 'web/x.tsx': "import { x } from '#mobile/main.tsx'" }, /web must not import mobile/],
  ['browser code imports server code', { 'modules/leave/web/x.tsx': "import { c } from '../server/commands.ts'" }, /browser code must not import server code/],
  ['a shell loads server code lazily', { 'web/x.tsx': "const x = () => import('#platform/org/server/org.ts')" }, /browser code must not import server code/],
  ['browser code imports Node', { 'ui/x.ts': "import { join } from 'node:path'" }, /browser code must not import node:path/],
  ['a definition imports Node', { 'modules/leave/views.ts': "import { join } from 'node:path'" }, /a definition file may import/],
  ['a definition imports its server part', { 'modules/leave/views.ts': "import { c } from './server/commands.ts'" }, /a definition file may import/],
  ['a contract imports a package', { 'platform/org/contract.ts': "import pg from 'pg'" }, /a definition file may import/],
  ['kit imports Node', { 'kit/x.ts': "import fs from 'node:fs'" }, /kit must not import node:fs/],
  ['a module reaches behind a contract', { 'modules/leave/server/x.ts': "import { x } from '#modules/schedule/server/x.ts'" }, /must use the contract of modules\/schedule/],
  ['a module uses what it does not list', { 'modules/schedule/server/x.ts': "import { x } from '#modules/leave/contract.ts'" }, /must list 'leave' in needs/],
  ['needs form a cycle', { 'modules/schedule/module.ts': "export const schedule = { needs: ['leave'] }" }, /need each other: leave → schedule → leave/],
  ['needs name nothing', { 'modules/schedule/module.ts': "export const schedule = { needs: ['gone'] }" }, /unknown module gone/],
  ['SQL names another module’s table', { 'modules/leave/server/x.ts': 'const sql = `select 1 from schedule_entry`' }, /names schedule_entry, a table of schedule/],
  ['the query builder names another module’s table', { 'modules/leave/server/x.ts': "db.selectFrom('schedule_entry as s')" }, /names schedule_entry/],
  ['a migration refers to another module’s table', { 'modules/leave/server/migrations/0002-x.sql': 'alter table leave_request add s int references schedule_entry;' }, /names schedule_entry/],
  ['a migration creates a table without its prefix', { 'modules/leave/server/migrations/0002-x.sql': 'create table holiday (id int);' }, /creates holiday/],
  ['a protocol knows the database', { 'mail/smtp/x.ts': "import { sql } from 'kysely'" }, /mail protocol must not import kysely/],
  ['a protocol uses the database service', { 'mail/pop3/x.ts': "import { db } from '#platform/db/contract.ts'" }, /mail protocol must not import platform\/db/],
  ['files import each other', { 'base/a.ts': "import { b } from './b.ts'", 'base/b.ts': "import { a } from '#base/a.ts'" }, /import cycle: base\/a.ts → base\/b.ts → base\/a.ts/],
  ['a file imports itself over two others', { 'base/a.ts': "export * from './b.ts'", 'base/b.ts': "export * from './c.ts'", 'base/c.ts': "import(\n'./a.ts'\n)" }, /import cycle/],
]

for (const [name, changes, expected] of planted) {
  test(`planted violation: ${name}`, () => {
    const found = violations(changes)
    assert.equal(found.length, 1, found.join('\n'))
    assert.match(found[0]!, expected)
  })
}

test('tests may look anywhere', () => {
  assert.deepEqual(violations({ 'base/x.test.ts': "import { startEmbedded } from '#platform/db/server/x.ts'" }), [])
})
