import { useRef, useState } from 'react'
import { messageOf } from '#ui/api/failure.ts'

export interface Progress {
  readonly done: number
  readonly of: number
}

/** Does the same with several things, one after the other, so that each has its own answer; it can be stopped between two of them. */
export async function runEach<T>(items: readonly T[], run: (item: T) => Promise<unknown>, step: (done: number) => void, stopped: () => boolean): Promise<ReadonlyMap<T, string>> {
  const failed = new Map<T, string>()
  for (const [index, item] of items.entries()) {
    if (stopped()) break
    await run(item).catch((error: unknown) => failed.set(item, messageOf(error)))
    step(index + 1)
  }
  return failed
}

/** State of such a run: how far it is and what went wrong with which. */
export function useBatch<T>(run: (item: T) => Promise<unknown>) {
  const [progress, setProgress] = useState<Progress | null>(null)
  const [failed, setFailed] = useState<ReadonlyMap<T, string>>(new Map())
  const stopped = useRef(false)
  const start = async (items: readonly T[]): Promise<ReadonlyMap<T, string>> => {
    stopped.current = false
    setFailed(new Map())
    setProgress({ done: 0, of: items.length })
    const wrong = await runEach(items, run, (done) => setProgress({ done, of: items.length }), () => stopped.current)
    setProgress(null)
    setFailed(wrong)
    return wrong
  }
  return { progress, failed, start, stop: () => { stopped.current = true } }
}
