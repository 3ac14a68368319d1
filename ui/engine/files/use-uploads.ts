import { useRef, useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import type { FileWire } from '#kit/wire/others.ts'
import { messageOf } from '#ui/api/failure.ts'
import { uploadFile } from '#ui/api/files.ts'

/** A file on its way to the server. */
export interface Sending {
  readonly key: string
  readonly name: string
  /** Part sent, 0 to 1. */
  readonly part: number
  readonly problem: string | null
}

const isCancel = (error: unknown): boolean => error instanceof DOMException && error.name === 'AbortError'

/** Sends files one beside the other, tells how far they are, and hands over each that arrived. */
export function useUploads(arrived: (file: FileWire) => void) {
  const client = useQueryClient()
  const [sending, setSending] = useState<readonly Sending[]>([])
  const aborts = useRef(new Map<string, AbortController>())
  const latest = useRef(arrived)
  latest.current = arrived
  const patch = (key: string, change: Partial<Sending>): void => setSending((all) => all.map((one) => (one.key === key ? { ...one, ...change } : one)))
  const drop = (key: string): void => {
    aborts.current.get(key)?.abort()
    aborts.current.delete(key)
    setSending((all) => all.filter((one) => one.key !== key))
  }
  const send = async (file: File): Promise<void> => {
    const key = crypto.randomUUID()
    const abort = new AbortController()
    aborts.current.set(key, abort)
    setSending((all) => [...all, { key, name: file.name, part: 0, problem: null }])
    try {
      const stored = await uploadFile(file, { signal: abort.signal, onProgress: (part) => patch(key, { part }) })
      client.setQueryData(['file', stored.id], stored)
      drop(key)
      latest.current(stored)
    } catch (error) {
      if (!isCancel(error)) patch(key, { problem: messageOf(error) })
    }
  }
  return { sending, drop, add: (files: Iterable<File>) => { for (const file of files) void send(file) } }
}
