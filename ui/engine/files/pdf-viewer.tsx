import { useState } from 'react'
import { Button, Select } from 'antd'
import { MinusOutlined, PlusOutlined } from '@ant-design/icons'
import { Empty, Loading } from '#ui/components/states.tsx'
import { usePdf } from './pdf-document.ts'
import { PdfPage } from './pdf-page.tsx'
import './files.css'

const STEPS = [0.5, 0.75, 1, 1.25, 1.5, 2, 3] as const
const PAPER_WIDTH = 595

const bigger = (scale: number): number => STEPS.find((step) => step > scale + 0.01) ?? scale
const smaller = (scale: number): number => STEPS.findLast((step) => step < scale - 0.01) ?? scale

/** Reads a PDF in the page: exact image, text to copy, zoom. */
export function PdfViewer({ address, width }: { readonly address: string; readonly width?: number }) {
  const { document, failed } = usePdf(address)
  const [scale, setScale] = useState(width === undefined ? 1.25 : width / PAPER_WIDTH)
  if (failed) return <Empty title="文件没有打开">文件可能已损坏，请下载后查看。</Empty>
  if (document === null) return <Loading lines={10} />
  const numbers = Array.from({ length: document.numPages }, (_, index) => index + 1)
  return (
    <div className="pdf">
      <div className="pdf-bar no-print">
        <span className="faint grow">共 {document.numPages} 页</span>
        <Button type="text" size="small" icon={<MinusOutlined />} aria-label="缩小" onClick={() => setScale(smaller)} />
        <Select size="small" aria-label="缩放" value={scale} onChange={setScale} style={{ width: 86 }} options={STEPS.map((step) => ({ value: step, label: `${step * 100}%` }))} labelRender={() => `${Math.round(scale * 100)}%`} />
        <Button type="text" size="small" icon={<PlusOutlined />} aria-label="放大" onClick={() => setScale(bigger)} />
      </div>
      <div className="pdf-pages">{numbers.map((number) => <PdfPage key={number} document={document} number={number} scale={scale} />)}</div>
    </div>
  )
}
