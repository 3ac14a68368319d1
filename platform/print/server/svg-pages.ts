type Page = { markup: string; height: number; y: number }

const TAG = /<(\/?)([a-zA-Z]+)[^>]*?(\/?)>/g

/** The markup of every direct child of the outermost element. */
function children(svg: string): string[] {
  const found: string[] = []
  let depth = 0
  let start = 0
  for (const match of svg.matchAll(TAG)) {
    const [tag, closing, , selfClosing] = match
    if (closing === '' && depth === 1) start = match.index
    if (closing === '/') depth--
    else if (selfClosing === '') depth++
    if (depth === 1 && (closing === '/' || selfClosing === '/')) found.push(svg.slice(start, match.index + tag.length))
  }
  return found
}

function symbolsOf(defs: string): Map<string, string> {
  return new Map([...defs.matchAll(/<(symbol|clipPath|path)\b[^>]*\bid="([^"]+)"[\s\S]*?<\/\1>/g)].map((match) => [match[2] ?? '', match[0]]))
}

function pageSvg(page: Page, width: number, symbols: Map<string, string>): string {
  const used = new Set([...page.markup.matchAll(/(?:href="#|url\(#)([^")]+)/g)].map((match) => match[1] ?? ''))
  const defs = [...used].map((id) => symbols.get(id) ?? '').join('')
  const box = `viewBox="0 ${page.y} ${width} ${page.height}" width="${width}pt" height="${page.height}pt"`
  return `<svg ${box} xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">${page.markup}<defs>${defs}</defs></svg>`
}

/**
 * Cuts the engine's single SVG (all pages below one another, glyphs as shared symbols) into one SVG per page with only its own glyphs.
 * Relies on the engine writing a background path and a group for each page; `count` pages of equal height.
 */
export function splitPages(svg: string, count: number): string[] {
  const [, width = 0, total = 0] = (/viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg) ?? []).map(Number)
  const parts = children(svg)
  const symbols = symbolsOf(parts.filter((part) => part.startsWith('<defs')).join(''))
  const drawn = parts.filter((part) => part.startsWith('<path') || part.startsWith('<g'))
  const per = drawn.length / count
  if (!Number.isInteger(per)) throw new Error(`${drawn.length} drawn parts on ${count} pages`)
  const height = total / count
  return Array.from({ length: count }, (_, index) => {
    const markup = drawn.slice(index * per, (index + 1) * per).join('')
    return pageSvg({ markup, height, y: index * height }, width, symbols)
  })
}
