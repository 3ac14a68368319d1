import { sameJson } from '#base/same.ts'
import type { Fields } from '#kit/entity.ts'
import type { Labels } from '#kit/fields/field.ts'
import type { Values } from '#ui/api/records.ts'
import { isBlank, problemsOf } from '#ui/engine/fields/rights.ts'
import type { Rights } from '#ui/engine/fields/rights.ts'

/** Everything a form holds; a plain object, changed only by the functions below. */
export interface FormState {
  /** What the server has. */
  readonly saved: Values
  readonly values: Values
  readonly labels: Labels
  /** Fields left at least once: only these show their problems before the form is handed in. */
  readonly visited: readonly string[]
  /** Problems the server named, until their field changes. */
  readonly refused: Readonly<Record<string, string>>
  readonly handedIn: boolean
}

export const startForm = (values: Values, labels: Labels): FormState => ({ saved: values, values, labels, visited: [], refused: {}, handedIn: false })

export function changeField(state: FormState, key: string, value: unknown, labels?: Labels): FormState {
  const { [key]: _solved, ...refused } = state.refused
  return { ...state, values: { ...state.values, [key]: value }, labels: { ...state.labels, ...labels }, refused }
}

export const visitField = (state: FormState, key: string): FormState => (state.visited.includes(key) ? state : { ...state, visited: [...state.visited, key] })

const same = (a: unknown, b: unknown): boolean => (isBlank(a) && isBlank(b)) || sameJson(a, b)

/** Fields that differ from what the server has; emptied ones are null. */
export function changesOf({ saved, values }: FormState, rights: Rights): Values {
  const keys = Object.keys(values).filter((key) => rights[key] === 'write' && !same(saved[key], values[key]))
  return Object.fromEntries(keys.map((key) => [key, isBlank(values[key]) ? null : values[key]]))
}

export const isDirty = (state: FormState, rights: Rights): boolean => Object.keys(changesOf(state, rights)).length > 0

/** The server now has `sent`; what was typed meanwhile stays, and what it gave back unchanged stays the very same object, so that no input begins anew. */
export function acceptSaved(state: FormState, saved: Values, sent: Values, labels: Labels): FormState {
  const kept = Object.fromEntries(Object.entries(state.values).filter(([key, value]) => same(value, saved[key]) || !same(value, sent[key] ?? state.saved[key])))
  return { ...state, saved, values: { ...saved, ...kept }, labels: { ...state.labels, ...labels }, refused: {} }
}

/** Fields that were changed here and, differently, on the server since `state.saved`. */
export const clashesOf = (state: FormState, fresh: Values, rights: Rights): readonly string[] =>
  Object.keys(changesOf(state, rights)).filter((key) => !same(fresh[key], state.saved[key]) && !same(fresh[key], state.values[key]))

interface Rules {
  readonly fields: Fields
  readonly rights: Rights
  readonly requires?: readonly string[]
}

export const allProblems = (state: FormState, rules: Rules): Readonly<Record<string, string>> => ({ ...problemsOf({ ...rules, values: state.values }), ...state.refused })

/** Problems to show now: of visited fields while typing, of all once the form was handed in. */
export function shownProblems(state: FormState, rules: Rules): Readonly<Record<string, string>> {
  const all = allProblems(state, rules)
  return state.handedIn ? all : Object.fromEntries(Object.entries(all).filter(([key]) => key in state.refused || (state.visited.includes(key) && !isBlank(state.values[key]))))
}
