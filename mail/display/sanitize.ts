import sanitize from 'sanitize-html'

/** HTML that is safe to show in a sandboxed frame, and how many pictures from elsewhere were left out. */
export type Safe = { readonly html: string; readonly blocked: number }

const TAGS = [
  'a', 'abbr', 'address', 'article', 'b', 'big', 'blockquote', 'br', 'caption', 'center', 'cite', 'code', 'col', 'colgroup', 'dd', 'del', 'div', 'dl', 'dt', 'em', 'figcaption', 'figure', 'font', 'footer',
  'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'header', 'hr', 'i', 'img', 'ins', 'kbd', 'li', 'main', 'mark', 'ol', 'p', 'pre', 'q', 's', 'samp', 'section', 'small', 'span', 'strike', 'strong', 'sub', 'sup',
  'table', 'tbody', 'td', 'tfoot', 'th', 'thead', 'tr', 'tt', 'u', 'ul', 'var',
]
const ATTRIBUTES = {
  '*': ['style', 'align', 'valign', 'bgcolor', 'width', 'height', 'dir', 'lang', 'title'],
  a: ['href', 'target', 'rel'], img: ['src', 'alt'], td: ['colspan', 'rowspan', 'nowrap'], th: ['colspan', 'rowspan', 'nowrap'], table: ['border', 'cellpadding', 'cellspacing'],
  font: ['color', 'face', 'size'], ol: ['start', 'type'], ul: ['type'],
}

const COLOUR = /^(?:#[\da-f]{3,8}|rgba?\([\d\s,.%]{1,40}\)|[a-z]{1,30})$/i
/** Values with blanks between: without, an expression could be read in thousands of ways. */
const some = (value: string, most: number): RegExp => new RegExp(`^\\s*(?:${value})(?:\\s+(?:${value})){0,${most - 1}}\\s*$`, 'i')
const LENGTHS = some('auto|[\\d.]{1,8}(?:px|pt|em|rem|cm|mm|%)?', 4)
const WORDS = /^[a-z\s-]{1,60}$/i
const BORDER = some('[\\d.]{1,6}(?:px|pt|em)?|[a-z]{1,20}|#[\\da-f]{3,8}|rgba?\\([\\d\\s,.%]{1,40}\\)', 6)
const FONTS = /^[\p{L}\p{N}\s"',_-]{1,200}$/u
const SIZE = /^(?:[\d.]{1,8}(?:px|pt|em|rem|%)|[a-z-]{1,20})$/i

const sides = (name: string, value: RegExp): Record<string, RegExp[]> => Object.fromEntries(['', '-top', '-right', '-bottom', '-left'].map((side) => [`${name}${side}`, [value]]))

/** Nothing that loads, moves over other things or leaves the frame. */
const STYLES = {
  '*': {
    color: [COLOUR], background: [COLOUR], 'background-color': [COLOUR], 'font-size': [SIZE], 'font-family': [FONTS], 'font-weight': [/^(?:\d{3}|[a-z]{1,10})$/i], 'font-style': [WORDS],
    'text-align': [WORDS], 'text-decoration': [WORDS], 'text-indent': [LENGTHS], 'line-height': [/^[\d.]{1,6}(?:px|pt|em|%)?$|^normal$/i], 'vertical-align': [WORDS], 'white-space': [WORDS],
    'list-style-type': [WORDS], 'border-collapse': [WORDS], 'word-break': [WORDS], width: [LENGTHS], 'max-width': [LENGTHS], height: [LENGTHS],
    ...sides('margin', LENGTHS), ...sides('padding', LENGTHS), ...sides('border', BORDER), 'border-color': [BORDER], 'border-width': [BORDER], 'border-style': [BORDER],
  },
}

/** Pictures that are within the message; SVG can hold scripts and is none. */
const PICTURE = /^data:image\/(?:png|jpeg|jpg|gif|webp|bmp);base64,[A-Za-z0-9+/=\s]*$/i

const isTracker = ({ width = '', height = '' }: Readonly<Record<string, string>>): boolean => /^[0-3](?:px)?$/.test(width) || /^[0-3](?:px)?$/.test(height)

function decodeURIComponentSafely(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Pictures of a message by their `cid:`, as often as they are named until they weigh so much together: one may be named a hundred thousand times. */
export function picturesWithin(pictures: ReadonlyMap<string, string>, most: number): (id: string) => string | null {
  let left = most
  return (id) => {
    const found = pictures.get(decodeURIComponentSafely(id)) ?? null
    if (found === null || found.length > left) return null
    left -= found.length
    return found
  }
}

/** Tags that are open at once in what is looked at; each costs as much as there are around it. */
const DEEPEST = 10_000
const VOID = /^(?:area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr)$/i

/** HTML up to where more is open than anybody writes. */
function untilTooDeep(html: string): string {
  let depth = 0
  for (const { index, 1: slash, 2: name = '' } of html.matchAll(/<(\/?)([a-z][a-z\d]{0,20})/gi)) {
    if (!VOID.test(name)) depth = slash === '/' ? Math.max(0, depth - 1) : depth + 1
    if (depth > DEEPEST) return `${html.slice(0, index)}［以下内容过于复杂，没有显示］`
  }
  return html
}

/**
 * Makes HTML of a message harmless: a list of tags, attributes and styles that may stay, everything else goes. `pictures` answers what a `cid:` names, as a
 * `data:` address; nothing is ever loaded from elsewhere.
 */
export function safeHtml(html: string, pictures: (id: string) => string | null): Safe {
  let blocked = 0
  const picture = (_tag: string, attribs: sanitize.Attributes): sanitize.Tag => {
    const { src = '', ...rest } = attribs
    const own = /^cid:/i.test(src) ? pictures(src.slice(4)) : src
    if (own !== null && PICTURE.test(own)) return { tagName: 'img', attribs: { ...rest, src: own } }
    blocked += 1
    return isTracker(attribs) ? { tagName: 'span', attribs: {}, text: '' } : { tagName: 'span', attribs: { title: attribs['alt'] ?? '' }, text: '［图片未显示］' }
  }
  const cleaned = sanitize(untilTooDeep(html), {
    allowedTags: TAGS, allowedAttributes: ATTRIBUTES, allowedStyles: STYLES, allowedSchemes: ['http', 'https', 'mailto', 'tel'], allowedSchemesByTag: { img: ['data'] }, allowProtocolRelative: false,
    nonTextTags: ['script', 'style', 'textarea', 'option', 'noscript', 'title', 'svg', 'math', 'template', 'iframe', 'object', 'head'], nestingLimit: 200,
    transformTags: { img: picture, a: (_tag, { href = '', title = '' }) => ({ tagName: 'a', attribs: { href, title, target: '_blank', rel: 'noopener noreferrer nofollow' } }) },
  })
  return { html: cleaned, blocked }
}

/** A page of its own around harmless HTML, for a frame that may do nothing. */
export const framedPage = (html: string): string => `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>邮件正文</title><meta name="viewport" content="width=device-width, initial-scale=1"><style>
body{margin:12px 16px;font:15px/1.7 "Noto Sans SC","Microsoft YaHei","PingFang SC",sans-serif;color:#1f2329;overflow-wrap:anywhere}
img{max-width:100%;height:auto}table{max-width:100%}pre{white-space:pre-wrap}blockquote{margin:8px 0;padding-left:12px;border-left:3px solid #dee0e3;color:#646a73}a{color:#1d4f91}
</style></head><body>${html}</body></html>`

/** What the frame's page may do: nothing but show itself; links open a window of their own. */
export const FRAME_POLICY = "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
