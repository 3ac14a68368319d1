import type { VirtualFiles } from '#platform/print/contract.ts'
import type { Attachment } from '#modules/documents/layout/model.ts'

/** Pixels of a picture on a millimetre of paper, at the 96 dots an inch that screens assume. */
const PIXELS_PER_MM = 96 / 25.4

/**
 * Something set whole on a page of an attachment, never larger than it is: `file` is the virtual path of a picture, `slot` the name of a place
 * kept for a page of a PDF. mm. `turned`: wider than high, so it lies with its head towards the left edge.
 */
export type Frame = { file: string | null; slot: string | null; width: number; height: number; turned: boolean }

const picturePath = (index: number, type: string): string => `/attachments/${index}.${type}`

/** Name of the place for a page (from 0) of the nth attachment. */
export const slotName = (attachment: number, page: number): string => `attachment:${attachment}:${page}`

/** Attachment and page of a slot by its name. */
export function slotOf(name: string): { attachment: number; page: number } | null {
  const [, attachment, page] = /^attachment:(\d+):(\d+)$/.exec(name) ?? []
  return attachment === undefined ? null : { attachment: Number(attachment), page: Number(page) }
}

/** 横排表格 (7.7.1): an odd page has the head at the binding edge, an even one at the outer edge; both are the left. */
export function framesOf({ picture, pdf }: Attachment, index: number): Frame[] {
  const pictures = picture === undefined ? [] : [{ file: picturePath(index, picture.type), slot: null, width: picture.width / PIXELS_PER_MM, height: picture.height / PIXELS_PER_MM, turned: false }]
  const pages = (pdf?.pages ?? []).map(({ width, height }, page) => ({ file: null, slot: slotName(index, page), width, height, turned: width > height }))
  return [...pictures, ...pages]
}

export function pictureFiles(attachments: readonly Attachment[]): VirtualFiles {
  return Object.fromEntries(attachments.flatMap(({ picture }, index) => (picture === undefined ? [] : [[picturePath(index, picture.type), picture.bytes]])))
}
