import { useEffect, useRef, useState } from 'react'
import type { PDFDocumentProxy } from 'pdfjs-dist'
import { Empty, Loading } from '#ui/components/quiet.tsx'
import { usePdf } from '#ui/engine/files/pdf-document.ts'
import { PdfPage } from '#ui/engine/files/pdf-page.tsx'
import { usePinch } from './use-pinch.ts'
import './reader.css'

/** Width of the first page at its own size, in CSS pixels. */
function usePaper(document: PDFDocumentProxy): number | null {
  const [width, setWidth] = useState<number | null>(null)
  useEffect(() => {
    let current = true
    // Refused only when the document was closed meanwhile.
    document.getPage(1).then((page) => current && setWidth(page.getViewport({ scale: 1 }).width), () => undefined)
    return () => { current = false }
  }, [document])
  return width
}

/** The page that fills most of the screen, while scrolling. */
function pageInSight(frame: HTMLElement): number {
  const middle = frame.getBoundingClientRect().top + frame.clientHeight / 2
  const pages = [...frame.querySelectorAll('.pdf-page')]
  return Math.max(1, pages.findLastIndex((page) => page.getBoundingClientRect().top <= middle) + 1)
}

function Pages({ document }: { readonly document: PDFDocumentProxy }) {
  const frame = useRef<HTMLDivElement>(null)
  const [room, setRoom] = useState(0)
  const [seen, setSeen] = useState(1)
  const paper = usePaper(document)
  const { zoom, pages } = usePinch(frame)
  useEffect(() => setRoom(frame.current?.clientWidth ?? 0), [])
  const width = room * zoom
  const numbers = Array.from({ length: document.numPages }, (_, index) => index + 1)
  return (
    <div className="p-reader">
      <div className="p-reader-frame" ref={frame} onScroll={(event) => setSeen(pageInSight(event.currentTarget))}>
        <div className="p-reader-pages" ref={pages} style={{ width, ['--page' as string]: `${width}px` }}>
          {paper !== null && room > 0 && numbers.map((number) => <PdfPage key={number} document={document} number={number} scale={width / paper} />)}
        </div>
      </div>
      <span className="p-reader-place" role="status" aria-label={`第 ${seen} 页，共 ${document.numPages} 页`}>{seen} / {document.numPages}</span>
    </div>
  )
}

/** A PDF page by page at the phone's width: scroll through, pinch or double tap to enlarge. */
export function PdfReader({ address }: { readonly address: string }) {
  const { document, failed } = usePdf(address)
  if (failed) return <Empty title="文件没有打开">文件可能已损坏，请下载后查看。</Empty>
  return document === null ? <Loading lines={10} /> : <Pages document={document} />
}
