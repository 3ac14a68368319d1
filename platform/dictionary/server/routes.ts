import { z } from 'zod'
import { route } from '#platform/http/server/route.ts'
import { changeEntry, labelOfDictionary, resetEntry } from './change.ts'
import { effectiveEntries } from './dictionary.ts'
import type { DictionaryTables } from './dictionary.ts'

const name = z.string().min(1).max(100)
const code = z.string().regex(/^[\p{L}\p{N}._-]{1,64}$/u, '代码只能由文字、数字、点、横线组成，最长 64 个字')
const layer = z.enum(['district', 'organisation'])
const done = z.object({ done: z.literal(true) })
const entry = z.object({
  code: z.string(), label: z.string(), note: z.string().nullable(), disabled: z.boolean(), position: z.int(), origin: z.enum(['code', 'district', 'organisation']),
})

export const dictionaryRoutes = [
  route({
    method: 'GET', path: '/api/dictionaries', title: '数据字典', tag: 'dictionary', input: z.object({}),
    output: z.object({ items: z.array(z.object({ name: z.string(), label: z.string(), module: z.string() })) }),
    run: async (ctx) => ({ items: await ctx.db<DictionaryTables>().selectFrom('dictionary_list').selectAll().orderBy('module').orderBy('name').execute() }),
  }),
  route({
    method: 'GET', path: '/api/dictionaries/:name', title: '字典项', tag: 'dictionary', input: z.object({ name }),
    output: z.object({ name: z.string(), label: z.string(), items: z.array(entry) }),
    run: async (ctx, input) => ({ name: input.name, label: await labelOfDictionary(ctx, input.name), items: await effectiveEntries(ctx, input.name) }),
  }),
  route({
    method: 'PUT', path: '/api/dictionaries/:name/entries/:code', title: '修改字典项', tag: 'dictionary', permission: 'dictionary.manage',
    input: z.object({
      name, code, layer, label: z.string().trim().min(1).max(100), note: z.string().max(500).nullish(), disabled: z.boolean().default(false),
      position: z.int().min(0).max(9999).optional(),
    }),
    output: done,
    run: async (ctx, input) => {
      await changeEntry(ctx, input)
      return { done: true as const }
    },
  }),
  route({
    method: 'DELETE', path: '/api/dictionaries/:name/entries/:code', title: '恢复字典项', tag: 'dictionary', permission: 'dictionary.manage',
    input: z.object({ name, code, layer }), output: done,
    run: async (ctx, input) => {
      await resetEntry(ctx, input)
      return { done: true as const }
    },
  }),
]
