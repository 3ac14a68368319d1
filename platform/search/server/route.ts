import { z } from 'zod'
import { searchHitWire } from '#kit/wire/others.ts'
import type { SearchHitWire } from '#kit/wire/others.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { route } from '#platform/http/server/route.ts'
import { Org } from '#platform/org/contract.ts'
import { menu } from '#platform/registry/server/meta.ts'
import { findDocuments } from './find.ts'
import { fold, wordsOf } from './pairs.ts'

type Kind = SearchHitWire['kind']

/** Answers of each kind: few when all kinds are asked together. */
const FEW = 8
const MANY = 30

const apps = async (ctx: ServerContext, query: string, limit: number): Promise<SearchHitWire[]> =>
  (await menu(ctx)).apps.filter(({ title }) => wordsOf(query).every((word) => fold(title).includes(word))).slice(0, limit)
    .map(({ id, title, path }) => ({ kind: 'app', entity: null, id, title, snippet: '', at: null, link: path }))

const people = async (ctx: ServerContext, query: string, limit: number): Promise<SearchHitWire[]> =>
  (await ctx.use(Org).searchPeople(query, { limit })).map((post) => ({
    kind: 'person', entity: null, id: post.personId, title: post.personName, snippet: [post.organisationName, post.unitName, post.title].filter((part, index, all) => part !== '' && all.indexOf(part) === index).join(' '),
    at: null, link: `/directory?person=${post.personId}`,
  }))

const units = async (ctx: ServerContext, query: string, limit: number): Promise<SearchHitWire[]> =>
  (await ctx.use(Org).searchUnits(query, { limit })).map(({ id, name, shortName }) => ({ kind: 'unit', entity: null, id, title: name, snippet: shortName, at: null, link: `/directory?unit=${id}` }))

const records = async (ctx: ServerContext, query: string, limit: number): Promise<SearchHitWire[]> =>
  (await findDocuments(ctx, query, { limit })).map((hit) => ({ kind: 'record', ...hit, link: `/app/${hit.entity}/${hit.id}` }))

const SEARCHES: readonly (readonly [Kind, typeof apps])[] = [['app', apps], ['person', people], ['unit', units], ['record', records]]

async function search(ctx: ServerContext, { query, kind }: { query: string; kind?: Kind | undefined }): Promise<{ items: SearchHitWire[] }> {
  if (wordsOf(query).length === 0) return { items: [] }
  const found = await Promise.all(SEARCHES.filter(([name]) => kind === undefined || kind === name).map(([, find]) => find(ctx, query, kind === undefined ? FEW : MANY)))
  return { items: found.flat() }
}

export const searchRoutes = [
  route({
    method: 'GET', path: '/api/search', title: '搜索', tag: 'search',
    input: z.object({ query: z.string().max(100), kind: z.enum(['record', 'person', 'unit', 'app']).optional() }), output: z.object({ items: z.array(searchHitWire) }),
    run: search,
  }),
]
