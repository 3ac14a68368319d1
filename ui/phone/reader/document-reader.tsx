import { useState } from 'react'
import { Loading } from '#ui/components/quiet.tsx'
import './reader.css'
import { later } from '#ui/lib/later.tsx'

const PdfReader = later(async () => ({ default: (await import('./pdf-reader.tsx')).PdfReader }), <Loading lines={10} />)
const PdfText = later(async () => ({ default: (await import('./pdf-text.tsx')).PdfText }), <Loading lines={10} />)

interface Props {
  /** Address of the PDF. */
  readonly address: string
}

const WAYS = [{ key: 'pages', label: '版式' }, { key: 'text', label: '文字' }] as const

/** Only the exact pages of a PDF, where its text stands elsewhere. */
export const PdfPages = ({ address }: { readonly address: string }) => <div className="p-document"><PdfReader address={address} /></div>

/** Only the text of a PDF, taken from its pages. */
export const PdfWords = ({ address }: { readonly address: string }) => <PdfText address={address} />

/** An official document: its exact pages, or its text set anew in a comfortable size. */
export function DocumentReader({ address }: Props) {
  const [way, setWay] = useState<'pages' | 'text'>('pages')
  return (
    <div className="p-document">
      <div className="p-reader-choice p-segments" role="radiogroup" aria-label="阅读方式">
        {WAYS.map(({ key, label }) => <button key={key} type="button" role="radio" aria-checked={way === key} className="plain p-segment" onClick={() => setWay(key)}>{label}</button>)}
      </div>
      {way === 'pages' ? <PdfReader address={address} /> : <PdfText address={address} />}
    </div>
  )
}
