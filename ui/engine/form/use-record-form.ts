import { useCallback, useMemo, useRef, useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import type { Labels } from '#kit/fields/field.ts'
import type { RecordDetailWire } from '#kit/wire/record.ts'
import { shanghaiDate } from '#base/civil-date.ts'
import { createRecord, readRecord, recordKey, updateRecord } from '#ui/api/records.ts'
import type { Values } from '#ui/api/records.ts'
import { useSignedIn } from '#ui/api/session.ts'
import type { FormPageProps } from '#ui/engine/detail/pages.ts'
import type { Rights } from '#ui/engine/fields/rights.ts'
import { clashesOf } from './form-state.ts'
import { initialOf } from './initial.ts'
import { rightsOfNew } from './layout.ts'
import { readDraft } from './local-draft.ts'
import { useAutosave } from './use-autosave.ts'
import { useForm } from './use-form.ts'

type Options = Pick<FormPageProps, 'meta' | 'record' | 'created'>

/** What two people changed at once: their values stay at hand until one is chosen. */
export interface Clash {
  readonly keys: readonly string[]
  readonly theirs: Values
  readonly labels: Labels
}

const NO_CLASH: Clash = { keys: [], theirs: {}, labels: {} }

/** A draft that others cannot see yet may be saved while typing; anything else only when the person says so. */
export const isDraftOf = (record: RecordDetailWire | undefined): boolean => record === undefined || (record.caseId === null && record.acts.includes('start'))

/** The form of a new or existing record: autosave, saving, and what a crash or a lost connection left behind. */
export function useRecordForm({ meta, record, created }: Options) {
  const session = useSignedIn()
  const client = useQueryClient()
  const entity = meta.entity.name
  const rights: Rights = useMemo(() => record?.fields ?? rightsOfNew(meta), [record?.fields, meta])
  const first = useMemo(() => (record === undefined ? initialOf(meta.entity, session, shanghaiDate(new Date())) : record), [])
  const form = useForm({ meta, rights, values: first.values, labels: first.labels })
  const known = useRef(record)
  const [id, setId] = useState(record?.id ?? 'new')
  const draftKey = `${session.person.id}:${entity}:${id}`
  const [left] = useState(() => readDraft(localStorage, draftKey))
  const { accept, values } = form
  const latest = useRef(values)
  latest.current = values
  const latestState = useRef(form.state)
  latestState.current = form.state
  const [clash, setClash] = useState<Clash>(NO_CLASH)
  const writing = useRef<Promise<unknown>>(Promise.resolve())
  const writable = useCallback((all: Values): Values => Object.fromEntries(Object.entries(all).filter(([key]) => rights[key] === 'write')), [rights])
  const write = useCallback(async (changes: Values): Promise<RecordDetailWire> => {
    const before = known.current
    const saved = before === undefined ? await createRecord(entity, writable({ ...latest.current, ...changes })) : await updateRecord(entity, before.id, changes, before.version)
    known.current = saved
    client.setQueryData(recordKey(entity, saved.id), saved)
    accept(saved.values, changes, saved.labels)
    void client.invalidateQueries({ queryKey: ['records', entity] })
    if (before === undefined) {
      setId(saved.id)
      created(saved)
    }
    return saved
  }, [entity, client, accept, created, writable])
  /** One after the other: the second save knows the id and version the first one got. */
  const save = useCallback((changes: Values): Promise<RecordDetailWire> => {
    const turn = writing.current.catch(() => undefined).then(() => write(changes))
    writing.current = turn
    return turn
  }, [write])
  /** Somebody else saved meanwhile: takes over what is on the server now; what was typed here stays in the form. */
  const catchUp = useCallback(async (): Promise<void> => {
    const before = known.current
    if (before === undefined) return
    const fresh = await readRecord(entity, before.id)
    known.current = fresh
    client.setQueryData(recordKey(entity, fresh.id), fresh)
    setClash({ keys: clashesOf(latestState.current, fresh.values, rights), theirs: fresh.values, labels: fresh.labels })
    accept(fresh.values, {}, fresh.labels)
  }, [entity, client, accept, rights])
  const draft = isDraftOf(record)
  const send = useCallback(async (changes: Values) => void (await save(changes)), [save])
  const autosave = useAutosave({ form, draftKey, send: draft ? send : undefined })
  return {
    form, autosave, draft, draftKey, left, catchUp, clash,
    /** Ends the clash: with what the other one wrote, or with what stands here. */
    settle: (theirs: boolean): void => {
      if (theirs) form.restore(Object.fromEntries(clash.keys.map((key) => [key, clash.theirs[key] ?? null])), clash.labels)
      setClash(NO_CLASH)
    },
    /** Saves what has changed, if anything, and gives the record as the server has it. */
    saveNow: async (): Promise<RecordDetailWire> => {
      await writing.current.catch(() => undefined)
      const current = known.current
      return current !== undefined && Object.keys(form.changes).length === 0 ? current : save(form.changes)
    },
  }
}

export type Editing = ReturnType<typeof useRecordForm>
