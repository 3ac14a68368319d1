import { useRef, useState } from 'react'
import { fill } from '#kit/words.ts'
import { MOST_MEGABYTES } from '#modules/documents/import/limits.ts'
import type { Recognised } from '#modules/documents/import/recognise.ts'
import { importedValues, replacedKeys } from '#modules/documents/outgoing/imported.ts'
import type { Imported } from '#modules/documents/outgoing/imported.ts'
import { documentErrors } from '#modules/documents/words.ts'
import { request } from '#ui/api/client.ts'
import { messageOf } from '#ui/api/failure.ts'
import { uploadFile } from '#ui/api/files.ts'
import type { Values } from '#ui/api/records.ts'
import type { Form } from '#ui/engine/form/use-form.ts'

export type ImportState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'reading'; readonly name: string; readonly part: number }
  | { readonly kind: 'failed'; readonly name: string; readonly why: string }
  /** Something would be replaced: the person decides. */
  | { readonly kind: 'asking'; readonly name: string; readonly found: Imported; readonly replaced: readonly string[] }
  | { readonly kind: 'done'; readonly name: string; readonly values: Values; readonly notes: readonly string[]; readonly before: Values }

/** Refused before a byte is sent; null when it may be a Word file. */
export function refusedFile({ name, size }: Pick<File, 'name' | 'size'>): string | null {
  if (/\.(?:doc|wps)$/iu.test(name)) return documentErrors['documents.import.old-doc'].text
  if (!/\.docx$/iu.test(name)) return documentErrors['documents.import.not-docx'].text
  return size > MOST_MEGABYTES * 1024 * 1024 ? fill(documentErrors['documents.import.large'].text, { most: MOST_MEGABYTES }) : null
}

const pick = (values: Values, keys: readonly string[]): Values => Object.fromEntries(keys.map((key) => [key, values[key] ?? null]))

/** Import of a Word file into a form: nothing typed is replaced unasked, and what was replaced comes back with `undo`. */
export function useImport(form: Form) {
  const [state, setState] = useState<ImportState>({ kind: 'idle' })
  const running = useRef<AbortController | null>(null)
  const latest = useRef(form.values)
  latest.current = form.values
  const writable = (values: Values): Values => Object.fromEntries(Object.entries(values).filter(([key]) => form.rights[key] === 'write'))
  const apply = (name: string, values: Values, notes: readonly string[]): void => {
    const before = pick(latest.current, Object.keys(values))
    form.restore(values, {})
    setState({ kind: 'done', name, values, notes, before })
  }
  const read = async (file: File): Promise<void> => {
    const refused = refusedFile(file)
    if (refused !== null) return setState({ kind: 'failed', name: file.name, why: refused })
    running.current?.abort()
    const { signal } = (running.current = new AbortController())
    setState({ kind: 'reading', name: file.name, part: 0 })
    try {
      const { id: fileId } = await uploadFile(file, { signal, onProgress: (part) => setState({ kind: 'reading', name: file.name, part }) })
      const { document } = await request<{ document: Recognised }>('POST', '/api/documents/import', { body: { fileId }, signal })
      const { values, notes } = importedValues(document, latest.current)
      const found = { values: writable(values), notes }
      const replaced = replacedKeys(found.values, latest.current)
      if (signal.aborted) return
      if (replaced.length === 0) apply(file.name, found.values, notes)
      else setState({ kind: 'asking', name: file.name, found, replaced })
    } catch (error) {
      // Cancelled, or another file took its place: whoever did that says what stands there now.
      if (!signal.aborted) setState({ kind: 'failed', name: file.name, why: messageOf(error) })
    }
  }
  return {
    state,
    read: (file: File) => void read(file),
    cancel: () => { running.current?.abort(); setState({ kind: 'idle' }) },
    /** Takes over everything, or only what is still empty. */
    accept: (all: boolean) => {
      if (state.kind !== 'asking') return
      const { name, found, replaced } = state
      apply(name, all ? found.values : Object.fromEntries(Object.entries(found.values).filter(([key]) => !replaced.includes(key))), found.notes)
    },
    undo: () => {
      if (state.kind === 'done') form.restore(state.before, {})
      setState({ kind: 'idle' })
    },
  }
}

export type Import = ReturnType<typeof useImport>
