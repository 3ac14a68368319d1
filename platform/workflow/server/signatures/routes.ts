import { z } from 'zod'
import { ownSignatureWire } from '#kit/wire/signature.ts'
import { route } from '#platform/http/server/route.ts'
import type { Http, Route } from '#platform/http/server/route.ts'
import { actorOf } from '#platform/registry/server/module-server.ts'
import { requireSight } from '../sight.ts'
import { ownSignature, register, setAuto, withdrawSignature } from './own.ts'
import { ownPicture, pictureIn } from './read.ts'

const tag = 'workflow'
const done = z.object({ done: z.literal(true) })
const did = { done: true } as const
/** Base64 of at most 200 KB. */
export const pngText = z.string().min(1, '请选择签名图片').max(280_000, '签名图片不能超过 200 KB')

/** A picture never changes under its address, but only whoever may see it keeps it. */
function asPng({ reply }: Http, bytes: Buffer): Buffer {
  reply.header('content-type', 'image/png').header('cache-control', 'private, max-age=3600')
  return bytes
}

/** 签名: one's own, and those in a case for whoever sees the case. */
export const signatureRoutes: readonly Route[] = [
  route({ method: 'GET', path: '/api/signature', title: '我的签名', tag, input: z.object({}), output: ownSignatureWire, run: (ctx) => ownSignature(ctx) }),
  route({
    method: 'GET', path: '/api/signature/picture', title: '我的签名图片', tag, input: z.object({ v: z.string().max(64).optional() }), output: z.instanceof(Buffer), mediaType: 'image/png',
    run: async (ctx, _input, http) => asPng(http, await ownPicture(ctx, actorOf(ctx).personId)),
  }),
  route({
    method: 'PUT', path: '/api/signature', title: '登记签名', tag, action: 'workflow.signature-register', input: z.object({ png: pngText, auto: z.boolean().default(true) }), output: done,
    run: async (ctx, { png, auto }) => {
      await register(ctx, png, auto)
      return did
    },
  }),
  route({
    method: 'POST', path: '/api/signature/auto', title: '办理时自动使用签名', tag, action: 'workflow.signature-auto', input: z.object({ auto: z.boolean() }), output: done,
    run: async (ctx, { auto }) => {
      await setAuto(ctx, auto)
      return did
    },
  }),
  route({
    method: 'DELETE', path: '/api/signature', title: '停用签名', tag, action: 'workflow.signature-end', input: z.object({}), output: done,
    run: async (ctx) => {
      await withdrawSignature(ctx)
      return did
    },
  }),
  route({
    method: 'GET', path: '/api/cases/:id/signatures/:signature', title: '办理过程中的签名图片', tag, input: z.object({ id: z.uuid(), signature: z.uuid() }), output: z.instanceof(Buffer), mediaType: 'image/png',
    run: async (ctx, { id, signature }, http) => {
      await requireSight(ctx, id)
      return asPng(http, await pictureIn(ctx, id, signature))
    },
  }),
]
