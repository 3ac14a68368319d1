import { z } from 'zod'
import type { ErrorWord } from '#kit/words.ts'
import type { DescribedRoute } from './described-route.ts'
import type { Route } from './route.ts'

type Json = Readonly<Record<string, unknown>>

const parameterNames = (path: string): string[] => [...path.matchAll(/:(\w+)/g)].map((match) => match[1] ?? '')

function inputOf(route: Pick<Route, 'input' | 'path' | 'method'>): { parameters: Json[]; requestBody?: Json } {
  const schema = z.toJSONSchema(route.input, { io: 'input', unrepresentable: 'any' }) as { properties?: Record<string, Json>; required?: string[] }
  const inPath = new Set(parameterNames(route.path))
  const properties = Object.entries(schema.properties ?? {})
  const parameter = ([name, of]: [string, Json]): Json => ({
    name, in: inPath.has(name) ? 'path' : 'query', required: inPath.has(name) || (schema.required ?? []).includes(name), schema: of,
  })
  if (route.method === 'GET' || route.method === 'DELETE') return { parameters: properties.map(parameter) }
  const body = properties.filter(([name]) => !inPath.has(name))
  const required = (schema.required ?? []).filter((name) => !inPath.has(name))
  const content = { 'application/json': { schema: { type: 'object', properties: Object.fromEntries(body), ...(required.length > 0 && { required }) } } }
  return { parameters: properties.filter(([name]) => inPath.has(name)).map(parameter), ...(body.length > 0 && { requestBody: { content } }) }
}

const contentOf = ({ output, mediaType }: Route): Json =>
  mediaType === undefined ? { 'application/json': { schema: z.toJSONSchema(output, { unrepresentable: 'any' }) } } : { [mediaType]: { schema: { type: 'string', format: 'binary' } } }

function operationOf(route: Route): Json {
  return {
    summary: route.title,
    tags: [route.tag],
    ...(route.permission !== undefined && { description: `权限：\`${route.permission}\`` }),
    ...(route.open === true && { security: [] }),
    ...inputOf(route),
    responses: { 200: { description: '成功', content: contentOf(route) }, default: { $ref: '#/components/responses/error' } },
  }
}

const bodyOf = ({ mediaType, shape }: DescribedRoute['answer']): Json => ({
  content: { [mediaType]: { schema: shape === undefined ? { type: 'string', format: 'binary' } : z.toJSONSchema(shape, { unrepresentable: 'any' }) } },
})

function describedOperation(route: DescribedRoute): Json {
  const { parameters } = inputOf({ ...route, method: 'GET' })
  const headers = Object.entries(route.headers ?? {}).map(([name, description]): Json => ({ name, in: 'header', required: true, description, schema: { type: 'string' } }))
  return {
    summary: route.title,
    tags: [route.tag],
    ...(route.permission !== undefined && { description: `权限：\`${route.permission}\`` }),
    ...(route.open === true && { security: [] }),
    parameters: [...parameters, ...headers],
    ...(route.body !== undefined && { requestBody: bodyOf(route.body) }),
    responses: { 200: { description: '成功', ...bodyOf(route.answer) }, default: { $ref: '#/components/responses/error' } },
  }
}

const ERROR_SCHEMA = {
  type: 'object',
  properties: {
    error: {
      type: 'object', required: ['code', 'message', 'details', 'requestId'],
      properties: { code: { type: 'string' }, message: { type: 'string' }, details: { type: 'object' }, requestId: { type: 'string' } },
    },
  },
} as const

/** The published interface as an OpenAPI 3.1 document, made from the same routes that serve it; `described` are those that plugins serve. */
export function openApi(routes: readonly Route[], described: readonly DescribedRoute[], errors: Readonly<Record<string, ErrorWord>>, version: string): Json {
  const paths: Record<string, Record<string, Json>> = {}
  const add = ({ path, method }: Pick<Route, 'path' | 'method'>, operation: Json): void => {
    const name = path.replace(/:(\w+)/g, '{$1}')
    paths[name] = { ...paths[name], [method.toLowerCase()]: operation }
  }
  for (const route of routes) add(route, operationOf(route))
  for (const route of described) add(route, describedOperation(route))
  return {
    openapi: '3.1.0',
    info: { title: '承明', version, description: '承明工作平台的接口。页面所用即此接口。' },
    security: [{ session: [] }, { token: [] }],
    paths,
    components: {
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'cm_session' }, token: { type: 'http', scheme: 'bearer' } },
      responses: { error: { description: '出错', content: { 'application/json': { schema: ERROR_SCHEMA } } } },
    },
    'x-errors': Object.fromEntries(Object.entries(errors).map(([code, { status, text }]) => [code, { status, text }])),
  }
}
