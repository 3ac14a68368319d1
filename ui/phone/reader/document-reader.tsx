import { lazy, Suspense, useState } from 'react'
import type { ReactNode } from 'react'
import { Loading } from '#ui/components/quiet.tsx'
import './reader.css'

const PdfReader = lazy(async () => ({ default: (await import('./pdf-reader.tsx')).PdfReader }))
const PdfText = lazy(async () => ({ default: (await import('./pdf-text.tsx')).PdfText }))

interface Props {
  /** Address of the PDF. */
  readonly address: string
  /** The same text set for the screen by its module, which knows its structure; without it the text is taken from the PDF. */
  readonly reflowed?: ReactNode
}

const WAYS = [{ key: 'pages', label: '版式' }, { key: 'text', label: '文字' }] as const

/** An official document: its exact pages, or its text set anew in a comfortable size. */
export function DocumentReader({ address, reflowed }: Props) {
  const [way, setWay] = useState<'pages' | 'text'>('pages')
  return (
    <div className="p-document">
      <div className="p-reader-choice p-segments" role="radiogroup" aria-label="阅读方式">
        {WAYS.map(({ key, label }) => <button key={key} type="button" role="radio" aria-checked={way === key} className="plain p-segment" onClick={() => setWay(key)}>{label}</button>)}
      </div>
      <Suspense fallback={<Loading lines={10} />}>{way === 'pages' ? <PdfReader address={address} /> : (reflowed ?? <PdfText address={address} />)}</Suspense>
    </div>
  )
}
