import { useRef, useState } from 'react'
import { readFile } from '#ui/api/client.ts'
import { messageOf } from '#ui/api/failure.ts'

/** Hands a file to the browser's downloads. */
function keep(blob: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  URL.revokeObjectURL(link.href)
}

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
      keep(await readFile(address, setBytes, run.signal), name)
    } catch (error) {
      if (!run.signal.aborted) setProblem(messageOf(error))
    }
    setBytes(null)
  }
  return { bytes, problem, start: () => void start(), stop: () => running.current?.abort() }
}
