import { useState } from 'react'
import { Button, Popconfirm } from 'antd'
import { messageOf } from '#ui/api/failure.ts'

export interface BulkAct<T> {
  readonly label: string
  readonly danger?: boolean
  /** What is asked before it happens. */
  readonly asks: (count: number) => string
  readonly may: (item: T) => boolean
  readonly run: (item: T) => Promise<unknown>
}

interface Props<T> {
  readonly items: readonly T[]
  readonly acts: readonly BulkAct<T>[]
  readonly nameOf: (item: T) => string
  readonly clear: () => void
  readonly done: () => void
}

/** What may be done with the ticked rows: one after the other, with numbers, and what went wrong by name. */
export function BulkBar<T>({ items, acts, nameOf, clear, done }: Props<T>) {
  const [progress, setProgress] = useState<string | null>(null)
  const [failed, setFailed] = useState<readonly string[]>([])
  const run = async (act: BulkAct<T>): Promise<void> => {
    const able = items.filter(act.may)
    const wrong: string[] = []
    for (const [index, item] of able.entries()) {
      setProgress(`正在处理 ${index + 1} / ${able.length}`)
      await act.run(item).catch((error: unknown) => wrong.push(`${nameOf(item)}：${messageOf(error)}`))
    }
    setProgress(null)
    setFailed(wrong)
    done()
  }
  if (items.length === 0 && failed.length === 0) return null
  return (
    <div className="bulk no-print" role="status">
      <span>已选 {items.length} 条</span>
      {acts.map((act) => {
        const count = items.filter(act.may).length
        return (
          <Popconfirm key={act.label} title={act.asks(count)} okText={act.label} onConfirm={() => void run(act)} disabled={count === 0}>
            <Button size="small" danger={act.danger ?? false} disabled={count === 0 || progress !== null}>{act.label}（{count}）</Button>
          </Popconfirm>
        )
      })}
      {progress !== null && <span>{progress}</span>}
      {failed.map((text) => <span key={text} className="problem">{text}</span>)}
      <Button size="small" type="text" onClick={() => { setFailed([]); clear() }}>取消选择</Button>
    </div>
  )
}
