import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Readable } from 'node:stream'
import { z } from 'zod'
import type { Actor } from '#kit/context.ts'
import { Failure } from '#kit/failure.ts'
import { isUuid } from '#base/ids.ts'
import { fileWire } from '#kit/wire/others.ts'
import type { DescribedRoute } from '#platform/http/server/described-route.ts'
import { Audit } from '#platform/audit/contract.ts'
import { requestActor, sourceOf } from '#platform/http/server/run-route.ts'
import type { Runtime } from '#platform/registry/server/runtime.ts'
import { byteRange, contentDisposition, mayShowInline } from './headers.ts'
import { readableFile } from './rights.ts'
import { storeOf } from './store-of.ts'
import { wireOf } from './tables.ts'
import type { FileRow } from './tables.ts'
import { uploadFile } from './upload.ts'

const MEGABYTE = 1024 * 1024

const USUAL_LIMIT_MB = 500

async function signedIn(runtime: Runtime, request: FastifyRequest): Promise<Actor> {
  const actor = await requestActor(runtime, request)
  if (actor === null) throw new Failure('identity.signed-out')
  return actor
}

function nameOf(request: FastifyRequest): string {
  const header = request.headers['x-file-name']
  try {
    if (typeof header === 'string' && header !== '') return decodeURIComponent(header)
  } catch {
    // Not percent-encoded as it should be: told below.
  }
  throw new Failure('files.name')
}

async function upload(runtime: Runtime, request: FastifyRequest, reply: FastifyReply, limit: number): Promise<unknown> {
  const actor = await signedIn(runtime, request)
  const name = nameOf(request)
  // Refused before or while the body comes: the rest is not read, so the connection cannot be used again.
  void reply.header('connection', 'close')
  if (Number(request.headers['content-length'] ?? 0) > limit) throw new Failure('files.large', { limit: limit / MEGABYTE })
  try {
    const file = await uploadFile(runtime, actor, { name, source: request.body as Readable, limit, from: sourceOf(request) })
    void reply.removeHeader('connection')
    return wireOf(file)
  } catch (error) {
    throw request.raw.readableAborted ? new Failure('files.broken') : error
  }
}

function sendHeaders(reply: FastifyReply, file: FileRow, inline: boolean): void {
  void reply.headers({
    'content-type': file.mime === 'text/plain' ? 'application/octet-stream' : file.mime,
    'content-disposition': contentDisposition(inline ? 'inline' : 'attachment', file.name),
    // A browser's PDF viewer does not start within a sandbox; images and PDF may load nothing either way.
    'content-security-policy': inline && file.mime === 'application/pdf' ? "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'" : 'sandbox',
    'cache-control': 'private, no-cache',
    'accept-ranges': 'bytes',
    etag: `"${file.hash}"`,
  })
}

/** Once for each reading: readers that fetch a document in pieces begin with its first byte. */
async function auditDownload(runtime: Runtime, actor: Actor, request: FastifyRequest, { id, name }: FileRow): Promise<void> {
  await runtime.command(actor, (ctx) => ctx.use(Audit).record({ action: 'files.download', object: { type: 'file', id, title: name } }), sourceOf(request))
}

interface Download { Params: { id: string }; Querystring: { download?: string } }

async function download(runtime: Runtime, request: FastifyRequest<Download>, reply: FastifyReply): Promise<unknown> {
  const actor = await signedIn(runtime, request)
  const { id } = request.params
  if (!isUuid(id)) throw new Failure('files.missing')
  const file = await runtime.query(actor, (ctx) => readableFile(ctx, id), request.id)
  const etag = `"${file.hash}"`
  sendHeaders(reply, file, request.query.download === undefined && mayShowInline(file.mime))
  if (request.headers['if-none-match'] === etag) return reply.status(304).send()
  const size = Number(file.size)
  const condition = request.headers['if-range']
  const current = condition === undefined || condition === etag
  const range = current ? byteRange(request.headers.range, size) : null
  if (range === 'outside') {
    void reply.header('content-range', `bytes */${size}`)
    throw new Failure('files.range')
  }
  const { start, end } = range ?? { start: 0, end: size - 1 }
  if (start === 0) await auditDownload(runtime, actor, request, file)
  void reply.header('content-length', end - start + 1)
  if (range !== null) void reply.status(206).header('content-range', `bytes ${start}-${end}/${size}`)
  return reply.send(storeOf(runtime).read(file.hash, { start, end }))
}

export const fileDescriptions: readonly DescribedRoute[] = [
  {
    method: 'POST', path: '/api/files', title: '上传文件：正文即文件内容', tag: 'files', input: z.object({}), headers: { 'x-file-name': '文件名，百分号编码（UTF-8）' },
    body: { mediaType: 'application/octet-stream' }, answer: { mediaType: 'application/json', shape: fileWire },
  },
  {
    method: 'GET', path: '/api/files/:id', title: '下载文件；支持 Range、If-None-Match；带 download 参数时总是另存', tag: 'files',
    input: z.object({ id: z.uuid(), download: z.string().optional() }), answer: { mediaType: 'application/octet-stream' },
  },
]

/** Uploads and downloads: streams, so they are routes of Fastify itself. */
export function fileStreams(app: FastifyInstance, runtime: Runtime): void {
  const limit = (runtime.uploadLimitMb ?? USUAL_LIMIT_MB) * MEGABYTE
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', (_request, payload, done) => done(null, payload))
  app.post('/api/files', { bodyLimit: limit }, (request, reply) => upload(runtime, request, reply, limit))
  app.get<Download>('/api/files/:id', (request, reply) => download(runtime, request, reply))
}
