import { uuidOfKey } from '#base/ids.ts'
import type { Entity } from '#kit/entity.ts'
import { Access } from '#platform/access/contract.ts'
import { Org } from '#platform/org/contract.ts'
import type { Post } from '#platform/org/contract.ts'
import type { LoadedModule } from '#platform/registry/server/registry.ts'
import type { Runtime } from '#platform/registry/server/runtime.ts'
import { pick, seeded } from '#test/world/random.ts'
import { copyRows } from './copy-rows.ts'
import type { Cell } from './copy-rows.ts'
import { fieldCells, fieldColumnNames, phrase } from './values.ts'
import type { Pool } from './values.ts'

interface Made {
  readonly id: string
  readonly at: Date
  readonly title: string
  readonly post: Post
}

interface Source {
  readonly entity: Entity
  readonly module: LoadedModule
  readonly posts: readonly Post[]
  readonly count: number
  readonly offset: number
}

const SEED = 26_010_101
const FIRST_MS = Date.UTC(2020, 0, 1)
const MINUTE_MS = 60_000
/** A record every three minutes from 2020 on; a million reach into 2025. */
const EVERY_MS = 3 * MINUTE_MS

const SYSTEM = ['id', 'organisation_id', 'unit_id', 'created_by', 'created_post', 'created_at', 'updated_at', 'updated_by', 'version', 'state', 'number', 'title', 'ext']

/** The same numbers each time it is walked, so that rows, visibility and to-dos are written one after the other without being kept. */
function* made({ entity, posts, count, offset }: Source): Generator<Made> {
  const random = seeded(SEED + offset)
  for (let index = offset; index < offset + count; index += 1) {
    yield { id: uuidOfKey(`seed:${entity.name}:${index}`), at: new Date(FIRST_MS + index * EVERY_MS), title: `${phrase(random)}（${index + 1}）`, post: pick(posts, random) }
  }
}

function* recordRows(source: Source, pool: Pool): Generator<readonly Cell[]> {
  const states = Object.keys(source.entity.states)
  let number = source.offset
  for (const { id, at, title, post } of made(source)) {
    number += 1
    yield [
      id, post.organisationId, post.unitId, post.personId, post.id, at, at, post.personId, 1, pick(states, pool.random), `数〔${at.getUTCFullYear()}〕${number}号`, title, '{}',
      ...fieldCells(source.entity, pool),
    ]
  }
}

function* visibilityRows(source: Source, owners: ReadonlyMap<string, readonly string[]>): Generator<readonly Cell[]> {
  for (const { id, at, post } of made(source)) {
    for (const principal of [`p:${post.personId}`, ...(owners.get(post.unitId) ?? [])]) yield [source.entity.name, principal, at, id]
  }
}

const OPEN_SHARE = 0.1

/** One line for the writer (我发起) and one for somebody who has it on the desk, or had. */
function* todoRows(source: Source): Generator<readonly Cell[]> {
  const random = seeded(SEED + 1 + source.offset)
  const { entity, module, posts } = source
  for (const { id, at, title, post } of made(source)) {
    const box = random() < OPEN_SHARE ? 'todo' : 'done'
    const line = (key: string, personId: string, of: string): Cell[] => [`seed:${key}:${id}`, personId, of, entity.name, id, id, title, module.definition.title, '审批', post.personName, 0, at, null, null, false, 0]
    yield line('m', post.personId, 'mine')
    yield line('t', pick(posts, random).personId, box)
  }
}

const TODO_COLUMNS = ['id', 'person_id', 'box', 'entity', 'record_id', 'case_id', 'title', 'module_title', 'step_name', 'sender', 'urgency', 'at', 'due', 'whereabouts', 'batch', 'revision']

async function ownersOf(runtime: Runtime, posts: readonly Post[]): Promise<ReadonlyMap<string, readonly string[]>> {
  const units = [...new Set(posts.map(({ unitId }) => unitId))]
  return runtime.query(null, async (ctx) => {
    const owners = new Map<string, readonly string[]>()
    for (const unitId of units) owners.set(unitId, await ctx.use(Access).ownerPrincipals(unitId))
    return owners
  })
}

async function allPosts(runtime: Runtime): Promise<readonly Post[]> {
  return runtime.query(null, async (ctx) => {
    const organisations = await ctx.use(Org).organisations()
    const posts: Post[] = []
    for (const { id } of organisations) posts.push(...(await ctx.use(Org).members(id, { below: true })).filter(({ organisationId }) => organisationId === id))
    return posts
  })
}

/**
 * Writes believable rows of an entity by COPY in one transaction: the records, who sees them, and a line in the boxes of two people. They have
 * no case: they can be listed, searched and opened, not worked on.
 * @param offset how many were written before
 */
export async function seedRecords(runtime: Runtime, name: string, count: number, offset: number, progress: (what: string, done: number, all: number) => void): Promise<void> {
  const found = runtime.registry.entity(name)
  if (found === undefined) throw new RangeError(`no entity ${name}`)
  const posts = await allPosts(runtime)
  const source: Source = { ...found, posts, count, offset }
  const owners = await ownersOf(runtime, posts)
  const pool: Pool = { random: seeded(SEED + 2 + offset), dictionaries: found.module.definition.dictionaries, personIds: posts.map(({ personId }) => personId), unitIds: [...owners.keys()] }
  const perRecord = 1 + Math.max(...[...owners.values()].map(({ length }) => length))
  const client = await runtime.database.pool.connect()
  try {
    await client.query('begin')
    await client.query('set local synchronous_commit = off')
    await copyRows(client, name, [...SYSTEM, ...fieldColumnNames(found.entity)], recordRows(source, pool), (done) => progress('记录', done, count))
    await copyRows(client, 'access_visibility', ['entity', 'principal', 'sort_time', 'object_id'], visibilityRows(source, owners), (done) => progress('可见范围', done, count * perRecord))
    await copyRows(client, 'todo_item', TODO_COLUMNS, todoRows(source), (done) => progress('待办已办', done, count * 2))
    await client.query('commit')
    await client.query('analyze')
  } catch (error) {
    await client.query('rollback')
    throw error
  } finally {
    client.release()
  }
}
