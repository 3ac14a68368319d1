import { useEffect, useRef } from 'react'
import { TextLayer } from 'pdfjs-dist'
import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist'

interface Props {
  readonly document: PDFDocumentProxy
  readonly number: number
  readonly scale: number
}

async function draw(page: PDFPageProxy, scale: number, canvas: HTMLCanvasElement, text: HTMLElement): Promise<void> {
  const sharp = window.devicePixelRatio || 1
  const viewport = page.getViewport({ scale: scale * sharp })
  canvas.width = viewport.width
  canvas.height = viewport.height
  canvas.style.width = `${viewport.width / sharp}px`
  canvas.style.height = `${viewport.height / sharp}px`
  text.style.setProperty('--scale-factor', String(scale))
  text.style.setProperty('--total-scale-factor', String(scale))
  text.replaceChildren()
  await page.render({ canvas, viewport }).promise
  await new TextLayer({ textContentSource: page.streamTextContent(), container: text, viewport: page.getViewport({ scale }) }).render()
}

/** One page as an image with its text above it for copying and search; drawn when it comes into sight. */
export function PdfPage({ document, number, scale }: Props) {
  const frame = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const text = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const seen = new IntersectionObserver(([entry]) => {
      if (entry?.isIntersecting !== true) return
      seen.disconnect()
      // Drawing is refused only when the document was closed meanwhile; then nobody looks any more.
      document.getPage(number).then((page) => canvas.current && text.current && draw(page, scale, canvas.current, text.current)).catch(() => undefined)
    }, { rootMargin: '600px' })
    if (frame.current) seen.observe(frame.current)
    return () => seen.disconnect()
  }, [document, number, scale])
  return (
    <div className="pdf-page" ref={frame} id={`pdf-page-${number}`} aria-label={`第 ${number} 页`}>
      <canvas ref={canvas} />
      <div className="pdf-text" ref={text} />
    </div>
  )
}
