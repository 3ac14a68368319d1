import { useRef, useState } from 'react'
import { readFile } from '#ui/api/client.ts'
import { messageOf } from '#ui/api/failure.ts'
import { keepFile } from '#ui/lib/keep-file.ts'

/** Makes a workbook of what a list shows: `bytes` is null while nothing runs, 0 while the server prepares it. It can be stopped, and says why it failed. */
export function useExport(address: string, name: string) {
  const [bytes, setBytes] = useState<number | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const running = useRef<AbortController | null>(null)
  const start = async (): Promise<void> => {
    const run = new AbortController()
    running.current = run
    setProblem(null)
    setBytes(0)
    try {
      keepFile(await readFile(address, setBytes, run.signal), name)
    } catch (error) {
      if (!run.signal.aborted) setProblem(messageOf(error))
    }
    setBytes(null)
  }
  return { bytes, problem, start: () => void start(), stop: () => running.current?.abort() }
}
