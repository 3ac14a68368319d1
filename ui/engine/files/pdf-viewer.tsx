import { useState } from 'react'
import { Button, Select } from 'antd'
import { MinusOutlined, PlusOutlined } from '@ant-design/icons'
import { Empty, Loading } from '#ui/components/states.tsx'
import { useWidth } from '#ui/lib/use-width.ts'
import { usePdf } from './pdf-document.ts'
import { PdfPage } from './pdf-page.tsx'
import './files.css'

const STEPS = [0.5, 0.75, 1, 1.25, 1.5, 2, 3] as const
const PAPER_WIDTH = 595
/** Wider than this nobody reads unless asked. */
const WIDEST = 1.25
const FIT = 0

const bigger = (scale: number): number => STEPS.find((step) => step > scale + 0.01) ?? scale
const smaller = (scale: number): number => STEPS.findLast((step) => step < scale - 0.01) ?? scale

/** Reads a PDF in the page: exact image, text to copy, zoom; until somebody zooms, a page is as wide as there is room. */
export function PdfViewer({ address }: { readonly address: string }) {
  const { document, failed } = usePdf(address)
  const [pages, room] = useWidth()
  const [chosen, setChosen] = useState(FIT)
  const scale = chosen !== FIT ? chosen : room === null ? null : Math.min(WIDEST, room / PAPER_WIDTH)
  if (failed) return <Empty title="文件没有打开">文件可能已损坏，请下载后查看。</Empty>
  if (document === null) return <Loading lines={10} />
  const numbers = Array.from({ length: document.numPages }, (_, index) => index + 1)
  return (
    <div className="pdf">
      <div className="pdf-bar no-print">
        <span className="faint grow">共 {document.numPages} 页</span>
        <Button type="text" size="small" icon={<MinusOutlined />} aria-label="缩小" onClick={() => setChosen(smaller(scale ?? 1))} />
        <Select size="small" aria-label="缩放" value={chosen} onChange={setChosen} style={{ minWidth: 86 }} popupMatchSelectWidth={false} options={[{ value: FIT, label: '适合宽度' }, ...STEPS.map((step) => ({ value: step, label: `${step * 100}%` }))]} labelRender={() => (scale === null ? '' : `${Math.round(scale * 100)}%`)} />
        <Button type="text" size="small" icon={<PlusOutlined />} aria-label="放大" onClick={() => setChosen(bigger(scale ?? 1))} />
      </div>
      <div className="pdf-pages" ref={pages}>{scale !== null && numbers.map((number) => <PdfPage key={number} document={document} number={number} scale={scale} />)}</div>
    </div>
  )
}
