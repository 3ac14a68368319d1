import { useEffect, useState } from 'react'
import type { PDFDocumentProxy } from 'pdfjs-dist'
import { Empty, Loading } from '#ui/components/quiet.tsx'
import { usePdf } from '#ui/engine/files/pdf-document.ts'
import { paragraphsOf } from './paragraphs.ts'
import { Reflowed } from './reflowed.tsx'

async function textOf(document: PDFDocumentProxy): Promise<string> {
  const pages = Array.from({ length: document.numPages }, (_, index) => index + 1)
  const paragraphs: string[] = []
  for (const number of pages) {
    const { items } = await (await document.getPage(number)).getTextContent()
    const runs = items.flatMap((item) => ('str' in item ? [{ text: item.str, x: Number(item.transform[4]), y: Number(item.transform[5]), width: item.width, size: item.height }] : []))
    paragraphs.push(...paragraphsOf(runs))
  }
  return paragraphs.join('\n')
}

function Text({ document }: { readonly document: PDFDocumentProxy }) {
  const [text, setText] = useState<string | null>(null)
  useEffect(() => {
    // Refused only when the document was closed meanwhile.
    textOf(document).then(setText, () => undefined)
  }, [document])
  if (text === null) return <Loading lines={10} />
  return text === '' ? <Empty title="没有可以提取的文字">这份文件可能是扫描件，请看版式。</Empty> : <Reflowed text={text} />
}

/** The text of a PDF set anew for the screen, in the size the person reads everything else. */
export function PdfText({ address }: { readonly address: string }) {
  const { document, failed } = usePdf(address)
  if (failed) return <Empty title="文件没有打开">文件可能已损坏，请下载后查看。</Empty>
  return document === null ? <Loading lines={10} /> : <Text document={document} />
}
