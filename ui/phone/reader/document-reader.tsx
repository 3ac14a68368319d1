import { lazy, Suspense, useState } from 'react'
import type { ReactNode } from 'react'
import { Loading } from '#ui/components/quiet.tsx'
import './reader.css'

const PdfReader = lazy(async () => ({ default: (await import('./pdf-reader.tsx')).PdfReader }))

/** A text set anew for the screen: a paragraph for each line of it. */
export const Reflowed = ({ title, text }: { readonly title?: string; readonly text: string }) => (
  <article className="p-reflow">
    {title !== undefined && <h2>{title}</h2>}
    {text.split('\n').filter((line) => line.trim() !== '').map((line, index) => <p key={index}>{line}</p>)}
  </article>
)

interface Props {
  /** Address of the PDF. */
  readonly address: string
  /** The same text set for the screen; without it there is only the page image. */
  readonly reflowed?: ReactNode
}

/** An official document: its exact pages, or its text set anew in a comfortable size. */
export function DocumentReader({ address, reflowed }: Props) {
  const [flowing, setFlowing] = useState(false)
  return (
    <div className="p-document">
      {reflowed !== undefined && (
        <div className="p-reader-choice p-segments" role="radiogroup" aria-label="阅读方式">
          <button type="button" role="radio" aria-checked={!flowing} className="plain p-segment" onClick={() => setFlowing(false)}>版式</button>
          <button type="button" role="radio" aria-checked={flowing} className="plain p-segment" onClick={() => setFlowing(true)}>文字</button>
        </div>
      )}
      {flowing ? reflowed : <Suspense fallback={<Loading lines={10} />}><PdfReader address={address} /></Suspense>}
    </div>
  )
}
