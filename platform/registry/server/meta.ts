import { createHash } from 'node:crypto'
import { pinyin } from 'pinyin-pro'
import { z } from 'zod'
import { draftFields } from '#kit/draft.ts'
import type { Entity } from '#kit/entity.ts'
import type { EntityViews } from '#kit/views.ts'
import type { EntityMetaWire, MenuWire } from '#kit/wire/meta.ts'
import { entityMetaWire, menuWire } from '#kit/wire/meta.ts'
import { Access } from '#platform/access/contract.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { Dictionary } from '#platform/dictionary/contract.ts'
import { route } from '#platform/http/server/route.ts'
import type { Route } from '#platform/http/server/route.ts'
import { registryOf } from './of.ts'
import type { LoadedModule } from './registry.ts'

type Permissions = Readonly<Record<string, string>>

/** A module is open to those who hold any of its permissions. */
const isOpen = ({ definition }: LoadedModule, permissions: Permissions): boolean =>
  Object.keys(definition.access).some((action) => permissions[`${definition.id}.${action}`] !== undefined)

function menuEntry({ definition }: LoadedModule, permissions: Permissions): MenuWire['apps'][number] {
  const { id, title, icon, group, mobile, cards, pages, entities } = definition
  const allowed = pages.filter(({ permission }) => permission === undefined || permissions[permission] !== undefined)
  const home = allowed.find(({ name }) => name === 'home')
  const mayCreate = ({ opens, createAction = 'create' }: Entity): boolean => opens !== false && permissions[`${id}.${createAction}`] !== undefined
  return {
    id, title, icon, group, mobile, path: home !== undefined ? `/${id}` : entities[0] !== undefined ? `/app/${entities[0].name}` : `/${id}/${allowed[0]?.name ?? ''}`,
    cards: cards.map(({ name, title: label, place }) => ({ name, title: label, place })),
    pages: allowed.map(({ name, title: label, on }) => ({ name, title: label, on })),
    lists: entities.map(({ name, label }) => ({ entity: name, label })),
    creates: entities.filter(mayCreate).map(({ name, label }) => ({ entity: name, label })),
  }
}

const spelled = new Map<string, string>()

/** Syllables of a title; what is not Chinese stays as it is. */
function spellingOf(title: string): string {
  const known = spelled.get(title) ?? pinyin(title, { toneType: 'none', nonZh: 'consecutive' }).toLowerCase()
  spelled.set(title, known)
  return known
}

/** The applications open to the actor, in menu order. */
export async function menu(ctx: ServerContext): Promise<MenuWire> {
  const permissions = await ctx.use(Access).permissions()
  const modules = registryOf(ctx).modules.filter((module) => isOpen(module, permissions))
  const apps = modules.toSorted((a, b) => a.definition.order - b.definition.order).map((module) => menuEntry(module, permissions))
  const titles = apps.flatMap(({ title, pages, lists, creates }) => [title, ...pages.map((page) => page.title), ...[...lists, ...creates].map(({ label }) => label)])
  return { apps, spellings: Object.fromEntries(titles.map((title) => [title, spellingOf(title)])) }
}

async function dictionariesOf(ctx: ServerContext, entity: Entity): Promise<EntityMetaWire['dictionaries']> {
  const names = [...new Set(Object.values(entity.fields).flatMap((field) => (field.kind === 'dictionary' ? [field.dictionary] : [])))]
  const lists = await Promise.all(names.map((name) => ctx.use(Dictionary).entries(name, { withDisabled: true })))
  return Object.fromEntries(names.map((name, index) => [name, (lists[index] ?? []).map(({ code, label, disabled }) => ({ code, label, disabled }))]))
}

/** The views without the tabs of work that is not the actor's. */
function viewsFor({ definition }: LoadedModule, name: string, permissions: Permissions): EntityViews | null {
  const found = definition.views.find((views) => views.entity === name)
  if (found === undefined) return null
  const { savedFor = {}, saved, ...list } = found.list
  const mine = Object.entries(saved ?? {}).filter(([label]) => savedFor[label] === undefined || permissions[`${definition.id}.${savedFor[label]}`] !== undefined)
  return { ...found, list: { ...list, ...(saved !== undefined && { saved: Object.fromEntries(mine) }) } }
}

/** The definition of one entity as the actor's pages need it; `hash` changes exactly when the answer does. */
export async function entityMeta(ctx: ServerContext, name: string): Promise<EntityMetaWire> {
  const found = registryOf(ctx).entity(name) ?? ctx.fail('records.entity')
  const { definition } = found.module
  const all = await ctx.use(Access).permissions()
  const permissions = Object.fromEntries(Object.entries(all).filter(([code]) => code.startsWith(`${definition.id}.`)))
  const answer = {
    module: definition.id, moduleTitle: definition.title, entity: found.entity, views: viewsFor(found.module, name, permissions),
    dictionaries: await dictionariesOf(ctx, found.entity), permissions, custom: definition.custom[name] ?? {}, draftFields: draftFields(found.entity, definition.flows)?.slice() ?? null,
  }
  return { ...answer, hash: createHash('sha256').update(JSON.stringify(answer)).digest('hex').slice(0, 16) }
}

export const metaRoutes: readonly Route[] = [
  route({ method: 'GET', path: '/api/meta', title: '可用的应用', tag: 'meta', input: z.object({}), output: menuWire, run: (ctx) => menu(ctx) }),
  route({
    method: 'GET', path: '/api/meta/:entity', title: '一类记录的定义', tag: 'meta', input: z.object({ entity: z.string().max(64) }), output: entityMetaWire,
    run: async (ctx, input, { request, reply }) => {
      const meta = await entityMeta(ctx, input.entity)
      reply.header('cache-control', 'private, no-cache').header('etag', `"${meta.hash}"`)
      if (request.headers['if-none-match'] === `"${meta.hash}"`) reply.code(304)
      return meta
    },
  }),
]
