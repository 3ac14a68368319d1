import { inlineText } from '#modules/documents/body.ts'
import type { Block } from '#modules/documents/body.ts'
import type { WhySeparate } from '#modules/documents/checks/draft.ts'
import type { Attachment } from '#modules/documents/layout/model.ts'
import { attachmentTitle } from '#modules/documents/outgoing/attachment-title.ts'
import { docxBlocks } from '#modules/documents/server/import-docx.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { Files } from '#platform/files/contract.ts'
import type { FileInfo } from '#platform/files/contract.ts'
import { pdfFacts } from './pdf.ts'
import { pictureSize } from './picture-size.ts'

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
const MEGABYTE = 1024 * 1024
/** What is set into a document; larger files go beside it. */
const MOST = { bytes: 50 * MEGABYTE, pixels: 40_000_000, letters: 200_000 } as const

/** What a file contributes to the typeset document, without its bytes, or why it stays a separate file. */
type Content =
  | { readonly kind: 'text'; readonly blocks: Block[] }
  | { readonly kind: 'picture'; readonly type: 'png' | 'jpg'; readonly width: number; readonly height: number }
  | { readonly kind: 'pdf'; readonly pages: readonly { readonly width: number; readonly height: number }[] }
  | { readonly kind: 'separate'; readonly why: WhySeparate }

/** An attachment of a record: how it is set, or `separate` when it only is named. */
export interface ReadAttachment extends Attachment {
  readonly separate?: WhySeparate
}

const separate = (why: WhySeparate): Content => ({ kind: 'separate', why })

async function textOf(bytes: Uint8Array): Promise<Content> {
  const blocks = await docxBlocks(bytes)
  if (blocks === null || blocks.length === 0) return separate('not-text')
  return JSON.stringify(blocks).length > MOST.letters ? separate('large') : { kind: 'text', blocks }
}

function pictureOf(bytes: Uint8Array, type: 'png' | 'jpg'): Content {
  const size = pictureSize(bytes)
  if (size === null) return separate('damaged')
  return size.width * size.height > MOST.pixels ? separate('large') : { kind: 'picture', type, ...size }
}

async function contentOf({ mime, size }: FileInfo, read: () => Promise<Uint8Array>): Promise<Content> {
  if (![DOCX, 'application/pdf', 'image/png', 'image/jpeg'].includes(mime)) return separate('format')
  if (size > MOST.bytes) return separate('large')
  const bytes = await read()
  if (mime === DOCX) return textOf(bytes)
  if (mime !== 'application/pdf') return pictureOf(bytes, mime === 'image/png' ? 'png' : 'jpg')
  const facts = await pdfFacts(bytes)
  return facts.kind === 'pages' ? { kind: 'pdf', pages: facts.pages } : separate(facts.why)
}

/** By hash of the content, which never changes; the oldest leave first. A preview asks for the same files again and again. */
const known = new Map<string, Content>()
const MOST_KNOWN = 200

async function knownContent(ctx: ServerContext, file: FileInfo): Promise<Content> {
  const found = known.get(file.hash) ?? (await contentOf(file, () => ctx.use(Files).read(file.id)))
  known.delete(file.hash)
  known.set(file.hash, found)
  for (const oldest of known.keys()) if (known.size > MOST_KNOWN) known.delete(oldest)
  return found
}

const plain = (block: Block | undefined): string => (block === undefined || block.type === 'table' ? '' : inlineText(block.text).replaceAll(/\s/gu, ''))

/** The text below 附件1 and the title, which the layout sets itself. */
export function withoutHead(blocks: Block[], title: string): Block[] {
  const from = /^附件[\d一二三四五六七八九十]*[:：]?$/u.test(plain(blocks[0])) ? 1 : 0
  const wanted = title.replaceAll(/\s/gu, '')
  const end = [1, 2, 3].find((lines) => blocks.slice(from, from + lines).map(plain).join('') === wanted)
  return blocks.slice(end === undefined ? from : from + end)
}

async function readOne(ctx: ServerContext, file: FileInfo): Promise<ReadAttachment> {
  const content = await knownContent(ctx, file)
  const title = attachmentTitle(file.name)
  if (content.kind === 'separate') return { title, separate: content.why }
  if (content.kind === 'text') return { title, body: withoutHead(content.blocks, title) }
  const bytes = await ctx.use(Files).read(file.id)
  if (content.kind === 'pdf') return { title, pdf: { bytes, pages: content.pages } }
  const { type, width, height } = content
  return { title, picture: { type, bytes, width, height } }
}

/** The attached files in their order, each as the layout sets it. */
export async function readAttachments(ctx: ServerContext, fileIds: readonly string[]): Promise<ReadAttachment[]> {
  const files = await ctx.use(Files).info(fileIds)
  const read: ReadAttachment[] = []
  for (const file of files) read.push(await readOne(ctx, file))
  return read
}
