import { useState } from 'react'
import { SignaturePad } from '#ui/engine/signature/pad.tsx'
import { useSign } from '#ui/engine/signature/use-sign.ts'
import { Sheet } from '../frame/sheet.tsx'

function DrawSheet({ take, close }: { readonly take: (png: string) => void; readonly close: () => void }) {
  const [png, setPng] = useState<string | null>(null)
  const use = (): void => {
    if (png === null) return
    take(png)
    close()
  }
  return (
    <Sheet title="手写签名" close={close} foot={<button type="button" className="p-button grow" data-tone="primary" disabled={png === null} onClick={use}>使用此签名</button>}>
      <div className="p-act"><SignaturePad change={setPng} className="p-button" /></div>
    </Sheet>
  )
}

/** The signature under the opinion: the registered one, or one written by hand now. */
export function SignLine({ bar }: { readonly bar: Parameters<typeof useSign>[0] }) {
  const { own, drawn, uses, chooseOwn, draw, undraw } = useSign(bar)
  const [drawing, setDrawing] = useState(false)
  return (
    <div className="sign-line p-sign-line">
      {drawn !== undefined && <><img className="sign-mark" src={`data:image/png;base64,${drawn}`} alt="本次手写签名" /><button type="button" className="plain p-touch" onClick={undraw}>撤销手写</button></>}
      {drawn === undefined && own !== null && <button type="button" role="switch" aria-checked={uses} className="plain p-touch p-sign-way" data-on={uses || undefined} onClick={() => chooseOwn(!uses)}>{uses ? '✓ 使用签名' : '不用签名'}</button>}
      {drawn === undefined && <button type="button" className="plain p-touch p-sign-way" onClick={() => setDrawing(true)}>手写签名</button>}
      {drawing && <DrawSheet take={draw} close={() => setDrawing(false)} />}
    </div>
  )
}
