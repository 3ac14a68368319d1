import { useEffect, useState } from 'react'
import type { PDFDocumentProxy } from 'pdfjs-dist'
import { Empty, Loading } from '#ui/components/quiet.tsx'
import { usePdf } from '#ui/engine/files/pdf-document.ts'
import { PdfPage } from '#ui/engine/files/pdf-page.tsx'
import { PagesFrame } from './pages-frame.tsx'

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

function Pages({ document }: { readonly document: PDFDocumentProxy }) {
  const paper = usePaper(document)
  const numbers = Array.from({ length: document.numPages }, (_, index) => index + 1)
  return (
    <PagesFrame count={document.numPages}>
      {(width) => paper !== null && numbers.map((number) => <PdfPage key={number} document={document} number={number} scale={width / paper} />)}
    </PagesFrame>
  )
}

/** A PDF page by page at the phone's width: scroll through, pinch or double tap to enlarge. */
export function PdfReader({ address }: { readonly address: string }) {
  const { document, failed } = usePdf(address)
  if (failed) return <Empty title="文件没有打开">文件可能已损坏，请下载后查看。</Empty>
  return document === null ? <Loading lines={10} /> : <Pages document={document} />
}
