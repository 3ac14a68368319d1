import { createElement, lazy } from 'react'
import type { ComponentType } from 'react'
import type { RecordDetailWire } from '#kit/wire/record.ts'
import type { FormPageProps, ModulePages, RecordPageProps } from '#ui/engine/detail/pages.ts'
import type { StructuredEditors, StructuredProps } from '#ui/engine/fields/slots.tsx'

const pages = import.meta.glob<{ readonly default: ComponentType<never> }>(['/modules/*/web/*.page.tsx', '/mail/web/*.page.tsx'])
const cards = import.meta.glob<{ readonly default: ComponentType }>('/modules/*/web/*.card.tsx')
const editors = import.meta.glob<{ readonly default: ComponentType<StructuredProps> }>('/modules/*/web/*.editor.tsx')

/** One lazy component for each file, made once, so that it keeps its state between renders. */
function remembering<P>(files: Readonly<Record<string, () => Promise<unknown>>>) {
  const made = new Map<string, ComponentType<P>>()
  return (path: string): ComponentType<P> | undefined => {
    const load = files[path]
    if (load === undefined) return undefined
    const Page = made.get(path) ?? (lazy(load as unknown as () => Promise<{ default: ComponentType }>) as unknown as ComponentType<P>)
    made.set(path, Page)
    return Page
  }
}

const pathOf = (module: string, name: string, kind: string): string => (module === 'mail' ? `/mail/web/${name}.${kind}.tsx` : `/modules/${module}/web/${name}.${kind}.tsx`)

const records = remembering<RecordPageProps>(pages)
const forms = remembering<FormPageProps>(pages)

const acts = remembering<{ readonly record: RecordDetailWire }>(pages)
const plain = remembering<object>(pages)
const drawnCards = remembering<object>(cards)

/** A page of a module that stands by itself. */
export const handMade = (module: string, name: string): ComponentType | undefined => plain(pathOf(module, name, 'page'))

/** Whether a module draws a page of this name. */
export const isDrawn = (module: string, name: string): boolean => handMade(module, name) !== undefined

/** A card of the home page: `modules/<module>/web/<name>.card.tsx`. */
export const homeCard = (module: string, name: string): ComponentType | undefined => drawnCards(pathOf(module, name, 'card'))

export const modulePages: ModulePages = {
  record: (module, name) => records(pathOf(module, name, 'page')),
  form: (module, name) => forms(pathOf(module, name, 'page')),
  acts(module, record) {
    const Acts = acts(pathOf(module, 'record-acts', 'page'))
    return Acts && createElement(Acts, { record })
  },
}

/** `modules/documents/web/body.editor.tsx` edits the shape `body`. */
export const structuredEditors: StructuredEditors = Object.fromEntries(
  Object.entries(editors).map(([path, load]) => [path.replace(/^.*\/([^/]+)\.editor\.tsx$/, '$1'), lazy(load)]),
)
