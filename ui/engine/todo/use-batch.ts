import { useRef, useState } from 'react'
import type { BatchWire } from '#kit/wire/task.ts'
import { messageOf } from '#ui/api/failure.ts'
import { approveTogether, useMoved } from '#ui/api/tasks.ts'

export interface Progress {
  readonly done: number
  readonly of: number
}

type Result = BatchWire['items'][number]

/** Tasks that go in one request: enough to be quick, few enough that the progress moves and 停止 works. */
const AT_ONCE = 10

/** Sends tasks in small groups, one group after the other; a group that could not be sent at all has the same problem for each of its tasks. */
export async function runGroups<T extends { readonly id: string }>(
  items: readonly T[], send: (group: readonly T[]) => Promise<readonly Result[]>, step: (done: number) => void, stopped: () => boolean,
): Promise<readonly Result[]> {
  const results: Result[] = []
  for (let from = 0; from < items.length && !stopped(); from += AT_ONCE) {
    const group = items.slice(from, from + AT_ONCE)
    results.push(...(await send(group).catch((error: unknown) => group.map(({ id }) => ({ id, done: false, problem: messageOf(error) })))))
    step(Math.min(items.length, from + AT_ONCE))
  }
  return results
}

/** State of agreeing to several tasks: how far it is and what became of each. */
export function useBatch() {
  const [progress, setProgress] = useState<Progress | null>(null)
  const [results, setResults] = useState<ReadonlyMap<string, Result>>(new Map())
  const stopped = useRef(false)
  const moved = useMoved()
  /** Ids of those that were agreed to. */
  const start = async (items: readonly { readonly id: string; readonly revision: number }[], opinion: string): Promise<readonly string[]> => {
    stopped.current = false
    setProgress({ done: 0, of: items.length })
    const found = await runGroups(items, (group) => approveTogether(group, opinion), (done) => setProgress({ done, of: items.length }), () => stopped.current)
    setProgress(null)
    setResults((old) => new Map([...old, ...found.map((one) => [one.id, one] as const)]))
    void moved()
    return found.filter(({ done }) => done).map(({ id }) => id)
  }
  return { progress, results, start, stop: () => { stopped.current = true } }
}
