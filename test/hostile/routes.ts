/** Every address of the interface with input that fits it, made from its published shape: tests attack them all without naming one. */
import { z } from 'zod'
import type { Route } from '#platform/http/server/route.ts'
import type { Method } from '#test/http.ts'

interface Shape {
  readonly type?: string
  readonly format?: string
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly anyOf?: readonly Shape[]
  readonly items?: Shape
  readonly properties?: Readonly<Record<string, Shape>>
  readonly required?: readonly string[]
  readonly minimum?: number
}

/** What stands in inputs under a name: ids of real things, words of the field. */
export type Known = Readonly<Record<string, unknown>>

/** Values of texts with a form of their own, by name. */
const FORMS: Known = {
  month: '2026-11', date: '2026-11-25', day: '2026-11-25', first: '2026-11-01', last: '2026-11-30', from: '2026-11-01T00:00:00Z', to: '2026-11-30T00:00:00Z', fromDay: '01-01', code: 'plain', end: '2026-12-01', name: 'leave.kind', filter: '', sort: '',
  ids: '1', until: '2026-11-30T00:00:00Z', part: '0197a000-0000-7000-8000-000000000001.a1', after: '', values: {}, workedSince: '2010-07-01', rows: '[]', year: 2026, operation: 'urge',
}

const ANY_ID = '0197a000-0000-7000-8000-000000000001'

function sample(name: string, shape: Shape, known: Known): unknown {
  const value = known[name] ?? FORMS[name]
  if (shape.const !== undefined) return shape.const
  if (shape.enum !== undefined) return value !== undefined && shape.enum.includes(value) ? value : shape.enum[0]
  if (shape.anyOf !== undefined) return sample(name, shape.anyOf[0] ?? {}, known)
  if (shape.type === 'array') return [sample(name.replace(/s$/, ''), shape.items ?? {}, known)]
  if (shape.type === 'object') return shape.properties === undefined ? (known[name] ?? {}) : objectOf(shape, known)
  if (shape.type === 'integer' || shape.type === 'number') return typeof value === 'number' ? value : Math.max(1, shape.minimum ?? 1)
  if (shape.type === 'boolean') return true
  if (shape.format === 'uuid') return typeof value === 'string' && z.uuid().safeParse(value).success ? value : ANY_ID
  if (typeof value === 'string') return value
  if (value !== undefined) return JSON.stringify(value)
  return '试验'
}

const objectOf = ({ properties = {} }: Shape, known: Known): Record<string, unknown> =>
  Object.fromEntries(Object.entries(properties).map(([name, shape]) => [name, sample(name, shape, known)]))

const shapeOf = ({ input }: Pick<Route, 'input'>): Shape => z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' }) as Shape

/** Texts of the forms that fields ask for beyond their published shape: days, hashes, domains, addresses, numbers. */
const CANDIDATES = ['2026-11-25', '1', 'a'.repeat(64), 'mail.example.cn', 'name@mail.example.cn', '1.2', 's1', ANY_ID, 'anyone', 'lr']

function replaced(value: unknown, [key, ...deeper]: readonly PropertyKey[], by: string): unknown {
  if (key === undefined) return by
  if (Array.isArray(value)) return value.map((item: unknown, at) => (at === key ? replaced(item, deeper, by) : item))
  return { ...(value as object), [key]: replaced((value as Readonly<Record<PropertyKey, unknown>>)[key], deeper, by) }
}

/** The input with another text wherever the route's own check finds one of the wrong form. */
function mended({ input }: Pick<Route, 'input'>, first: Record<string, unknown>): Record<string, unknown> {
  const problems = (value: unknown): readonly string[] => input.safeParse(value).error?.issues.map(({ path }) => path.join('.')) ?? []
  return (input.safeParse(first).error?.issues ?? []).reduce<Record<string, unknown>>((now, { path }) => {
    const tried = CANDIDATES.map((text) => replaced(now, path, text) as Record<string, unknown>)
    return tried.find((one) => !problems(one).includes(path.join('.'))) ?? now
  }, first)
}

/** An input that passes the route's own checks of form. */
export const inputOf = (route: Pick<Route, 'input'>, known: Known): Record<string, unknown> => mended(route, objectOf(shapeOf(route), known))

const text = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value)).toWellFormed()

/** A route and an input as a request. */
export function requestOf({ method, path }: { readonly method: string; readonly path: string }, input: Readonly<Record<string, unknown>>): { method: Method; url: string; body?: object } {
  const inPath = new Set([...path.matchAll(/:(\w+)/g)].map((match) => match[1] ?? ''))
  const url = path.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(text(input[name])))
  const rest = Object.entries(input).filter(([name]) => !inPath.has(name))
  if (method !== 'GET' && method !== 'DELETE') return { method: method as Method, url, body: Object.fromEntries(rest) }
  const query = new URLSearchParams(rest.filter(([, value]) => value !== '').map(([name, value]) => [name, text(value)])).toString()
  return { method: method as Method, url: query === '' ? url : `${url}?${query}` }
}
