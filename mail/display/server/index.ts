import { z } from 'zod'
import type { ServerContext } from '#platform/db/server/context.ts'
import { Audit } from '#platform/audit/contract.ts'
import { contentDisposition } from '#platform/files/server/headers.ts'
import { route } from '#platform/http/server/route.ts'
import type { PlatformService } from '#platform/registry/server/service.ts'
import { octetsOf, openMessage, type Opened, openShown, partOf } from '../../server/octets.ts'
import { decodedText } from '../../mime/text.ts'
import { decodeTransfer } from '../../mime/transfer.ts'
import { type Placed, shownOf, typeOf } from '../parts.ts'
import { FRAME_POLICY, framedPage, picturesWithin, safeHtml } from '../sanitize.ts'

const uid = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER)
const place = z.object({ mailbox: uid, uid })
const OCTETS = 'application/octet-stream'

/** Pictures within a message weigh no more than this together, and its HTML is read so far. */
const MOST_PICTURES = 8_388_608
const MOST_HTML = 2_097_152

/** Pictures that HTML names by `cid:`, as `data:` addresses. */
async function picturesOf(ctx: ServerContext, opened: Opened, inline: readonly Placed[]): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>()
  let weight = 0
  for (const { part } of inline) {
    weight += part.end - part.body
    if (weight > MOST_PICTURES) break
    const { octets } = await partOf(ctx, opened, part)
    found.set((part.id ?? '').replace(/^<|>$/g, ''), `data:${typeOf(part)};base64,${decodeTransfer(octets, part.encoding).toString('base64')}`)
  }
  return found
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

async function bodyOf(ctx: ServerContext, opened: Opened): Promise<string> {
  const { html, plain, inline } = shownOf(opened.index)
  const shown = html ?? plain
  if (shown === null) return framedPage('')
  const { octets, part } = await partOf(ctx, opened, shown.part, MOST_HTML)
  const text = decodedText(octets, part)
  if (html === null) return framedPage(`<pre>${escaped(text)}</pre>`)
  const pictures = await picturesOf(ctx, opened, inline)
  const safe = safeHtml(text, picturesWithin(pictures, 2 * MOST_PICTURES))
  const note = safe.blocked === 0 ? '' : `<p style="margin:0 0 12px;padding:6px 10px;background:#f5f6f8;color:#646a73;font-size:13px">为保护您的隐私，${safe.blocked} 张外部图片未显示。</p>`
  return framedPage(note + safe.html)
}

const body = route({
  method: 'GET', path: '/api/mail/body', title: '邮件正文：无脚本、不加载外部内容的独立页面，放在沙箱框架中', tag: 'mail', permission: 'mail.use', input: place, output: z.string(), mediaType: 'text/html',
  async run(ctx, input, { reply }) {
    const opened = await openShown(ctx, input)
    reply.headers({ 'content-type': 'text/html; charset=utf-8', 'content-security-policy': FRAME_POLICY, 'cache-control': 'private, max-age=3600', 'x-frame-options': 'SAMEORIGIN' })
    return bodyOf(ctx, opened)
  },
})

const attachment = route({
  method: 'GET', path: '/api/mail/attachment', title: '下载邮件附件', tag: 'mail', permission: 'mail.use', mediaType: OCTETS,
  input: place.extend({ part: z.string().regex(/^\d{1,4}(\.\d{1,4}){0,99}$/, '附件编号不正确') }), output: z.instanceof(Buffer),
  async run(ctx, { part: path, ...input }, { reply }) {
    const opened = await openShown(ctx, input)
    const found = shownOf(opened.index).attachments.find((one) => one.path === path) ?? ctx.fail('mail.attachment.missing')
    await ctx.use(Audit).record({ action: 'mail.attachment', object: { type: 'mail', id: `${input.mailbox}/${input.uid}`, title: found.name } })
    reply.headers({ 'content-type': OCTETS, 'content-disposition': contentDisposition('attachment', found.name), 'content-security-policy': 'sandbox' })
    const { octets } = await partOf(ctx, opened, found.part)
    return decodeTransfer(octets, found.part.encoding)
  },
})

const original = route({
  method: 'GET', path: '/api/mail/original', title: '下载邮件原文（EML）', tag: 'mail', permission: 'mail.use', mediaType: OCTETS, input: place, output: z.instanceof(Buffer),
  async run(ctx, input, { reply }) {
    const opened = await openMessage(ctx, input)
    await ctx.use(Audit).record({ action: 'mail.original', object: { type: 'mail', id: `${input.mailbox}/${input.uid}`, title: opened.subject.slice(0, 100) } })
    reply.headers({ 'content-type': OCTETS, 'content-disposition': contentDisposition('attachment', `${opened.subject.replaceAll(/[\\/:*?"<>|\p{Cc}]/gu, '_').slice(0, 80) || '邮件'}.eml`), 'content-security-policy': 'sandbox' })
    return octetsOf(ctx, opened, 0, opened.size)
  },
})

/** What of a message is no JSON: its text as a page, its attachments and itself as files. */
export const service: PlatformService = { id: 'mail-display', routes: [body, attachment, original] }
