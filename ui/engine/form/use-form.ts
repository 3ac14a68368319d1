import { useCallback, useMemo, useState } from 'react'
import type { Labels } from '#kit/fields/field.ts'
import type { EntityMeta } from '#ui/api/meta.ts'
import type { Values } from '#ui/api/records.ts'
import type { Rights } from '#ui/engine/fields/rights.ts'
import { acceptSaved, allProblems, changeField, changesOf, shownProblems, startForm, visitField } from './form-state.ts'

export interface FormOptions {
  readonly meta: EntityMeta
  readonly rights: Rights
  readonly values: Values
  readonly labels: Labels
  readonly requires?: readonly string[]
}

/** State of one form and what may be done to it; drawing is the shells' matter. */
export function useForm({ meta, rights, values, labels, requires }: FormOptions) {
  const [state, setState] = useState(() => startForm(values, labels))
  const rules = useMemo(() => ({ fields: meta.entity.fields, rights, requires }), [meta, rights, requires])
  return {
    meta, rights, requires: requires ?? [], state,
    values: state.values,
    labels: state.labels,
    problems: shownProblems(state, rules),
    changes: changesOf(state, rights),
    change: useCallback((key: string, value: unknown, names?: Labels) => setState((old) => changeField(old, key, value, names)), []),
    visit: useCallback((key: string) => setState((old) => visitField(old, key)), []),
    /** Takes over what the server answered to `sent`. */
    accept: useCallback((saved: Values, sent: Values, names: Labels) => setState((old) => acceptSaved(old, saved, sent, names)), []),
    refuse: useCallback((refused: Readonly<Record<string, string>>) => setState((old) => ({ ...old, refused })), []),
    restore: useCallback((kept: Values, names: Labels) => setState((old) => ({ ...old, values: { ...old.values, ...kept }, labels: { ...old.labels, ...names } })), []),
    reset: useCallback((fresh: Values, names: Labels) => setState(startForm(fresh, names)), []),
    /** Shows every problem; true when there is none and the form may go. */
    check: (): boolean => {
      setState((old) => ({ ...old, handedIn: true }))
      return Object.keys(allProblems(state, rules)).length === 0
    },
  }
}

export type Form = ReturnType<typeof useForm>
