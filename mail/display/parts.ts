import { parameter } from '../mime/content-type.ts'
import type { Message, Part } from '../mime/part.ts'
import { fileName } from '../mime/text.ts'
import { isSignature } from '../smime/find.ts'

/** A part and the numbers by which it is asked for again: `1.2`. */
export type Placed = { readonly path: string; readonly part: Part }
export type Attachment = Placed & { readonly name: string; readonly type: string }

/** What of a message is shown as its text, what as attachments, and what its HTML may show within itself by `cid:`. */
export type Shown = { readonly html: Placed | null; readonly plain: Placed | null; readonly attachments: readonly Attachment[]; readonly inline: readonly Placed[] }

/** Parts that are looked at; a message with more is no letter. */
const MOST_PARTS = 1_000

export const typeOf = ({ type, subtype }: Part): string => `${type}/${subtype}`.toLowerCase()

const isMultipart = ({ type, parts }: Part): boolean => type.toLowerCase() === 'multipart' && parts.length > 0

/** Leaves of a message with their paths; an embedded message is one leaf. */
function leaves(root: Part): readonly (Placed & { readonly within: string })[] {
  const found: (Placed & { readonly within: string })[] = []
  const visit = (part: Part, path: string, within: string): void => {
    if (found.length >= MOST_PARTS) return
    if (!isMultipart(part)) return void found.push({ part, path: path === '' ? '1' : path, within })
    for (const [index, one] of part.parts.entries()) visit(one, `${path === '' ? '' : `${path}.`}${index + 1}`, part.subtype.toLowerCase())
  }
  visit(root, '', '')
  return found
}

const isAttached = ({ disposition }: Part): boolean => disposition?.kind.toLowerCase() === 'attachment'

const ENDINGS: Readonly<Record<string, string>> = { 'message/rfc822': 'eml', 'text/calendar': 'ics', 'text/plain': 'txt', 'text/html': 'html', 'application/pdf': 'pdf', 'image/png': 'png', 'image/jpeg': 'jpg' }

/** Signs that no file system takes are left out, directories too. */
const plainName = (name: string): string => name.replaceAll(/[\p{Cc}\u2028-\u202e\u2066-\u2069]/gu, '').replaceAll(/[\\/:*?"<>|]/g, '_').trim().slice(0, 200)

function attachmentOf({ part, path }: Placed, number: number): Attachment {
  const type = typeOf(part)
  const name = plainName(fileName(part) ?? '')
  return { part, path, type, name: name || `附件${number}.${ENDINGS[type] ?? 'bin'}` }
}

/** Sorts the parts of a message: the first text of each kind that is not attached is its text, what a `cid:` can name within `multipart/related` belongs to it, all else is attached. */
export function shownOf({ root }: Pick<Message, 'root'>): Shown {
  const all = leaves(root)
  const text = (type: string): Placed | null => all.find(({ part }) => typeOf(part) === type && !isAttached(part)) ?? null
  const [html, plain] = [text('text/html'), text('text/plain')]
  const inline = all.filter(({ part, within }) => part.id !== null && part.type.toLowerCase() === 'image' && !isAttached(part) && html !== null && within === 'related')
  const isText = ({ path, part, within }: Placed & { readonly within: string }): boolean =>
    path === html?.path || path === plain?.path || (within === 'alternative' && part.type.toLowerCase() === 'text' && !isAttached(part) && parameter(part.parameters, 'name') === null)
  const attached = all.filter((one) => !isText(one) && !inline.includes(one) && !isEmpty(one.part) && !(one.within === 'signed' && isSignature(one.part)))
  return { html, plain, inline, attachments: attached.map((one, index) => attachmentOf(one, index + 1)) }
}

const isEmpty = (part: Part): boolean => part.body >= part.end && fileName(part) === null
