import { useRef, useState } from 'react'
import type { PointerEvent } from 'react'
import { fit, isWritten } from './strokes.ts'
import type { Point, Stroke } from './strokes.ts'
import './signature.css'

const INK = '#111827'
const WIDTH = 3

function draw(canvas: HTMLCanvasElement, strokes: readonly Stroke[], width: number): void {
  const context = canvas.getContext('2d')
  if (context === null) return
  context.clearRect(0, 0, canvas.width, canvas.height)
  Object.assign(context, { strokeStyle: INK, lineWidth: width, lineCap: 'round', lineJoin: 'round' })
  for (const [first, ...rest] of strokes) {
    if (first === undefined) continue
    context.beginPath()
    context.moveTo(first.x, first.y)
    for (const { x, y } of rest) context.lineTo(x, y)
    context.stroke()
  }
}

/** The signature as a PNG on nothing, in base64. */
function pictureOf(strokes: readonly Stroke[]): string {
  const { width, height, scale, strokes: fitted } = fit(strokes)
  const canvas = Object.assign(document.createElement('canvas'), { width, height })
  draw(canvas, fitted, WIDTH * Math.max(scale, 0.5))
  return canvas.toDataURL('image/png').replace(/^data:image\/png;base64,/u, '')
}

interface Props {
  /** What was written so far; null while it is too little. */
  readonly change: (png: string | null) => void
  readonly className: string
}

/** A pad to write one's name on, with a finger, a pen or the mouse. */
export function SignaturePad({ change, className }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const strokes = useRef<Point[][]>([])
  const writing = useRef(false)
  const [empty, setEmpty] = useState(true)
  const at = (event: PointerEvent<HTMLCanvasElement>): Point => {
    const box = event.currentTarget.getBoundingClientRect()
    return { x: ((event.clientX - box.left) / box.width) * event.currentTarget.width, y: ((event.clientY - box.top) / box.height) * event.currentTarget.height }
  }
  const show = (): void => { if (canvas.current !== null) draw(canvas.current, strokes.current, WIDTH) }
  const begin = (event: PointerEvent<HTMLCanvasElement>): void => {
    event.currentTarget.setPointerCapture(event.pointerId)
    writing.current = true
    strokes.current.push([at(event)])
    setEmpty(false)
  }
  const go = (event: PointerEvent<HTMLCanvasElement>): void => {
    if (!writing.current) return
    strokes.current.at(-1)?.push(at(event))
    show()
  }
  const end = (): void => {
    writing.current = false
    change(isWritten(strokes.current) ? pictureOf(strokes.current) : null)
  }
  const clear = (): void => {
    strokes.current = []
    show()
    setEmpty(true)
    change(null)
  }
  return (
    <div className="sign-pad">
      <canvas ref={canvas} width={640} height={260} role="img" aria-label="手写签名区" onPointerDown={begin} onPointerMove={go} onPointerUp={end} onPointerCancel={end} />
      {empty && <span className="sign-hint faint">请在此书写姓名</span>}
      <button type="button" className={className} disabled={empty} onClick={clear}>重写</button>
    </div>
  )
}
