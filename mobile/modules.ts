import { createElement, lazy } from 'react'
import type { ComponentType } from 'react'
import type { RecordDetailWire } from '#kit/wire/record.ts'
import type { FormPageProps, ModulePages, RecordPageProps } from '#ui/engine/detail/pages.ts'
import type { StructuredEditors, StructuredProps } from '#ui/engine/fields/slots.tsx'

const pages = import.meta.glob<{ readonly default: ComponentType<never> }>(['/modules/*/mobile/*.page.tsx', '/mail/mobile/*.page.tsx'])
const cards = import.meta.glob<{ readonly default: ComponentType }>(['/modules/*/mobile/*.card.tsx', '/mail/mobile/*.card.tsx'])
const editors = import.meta.glob<{ readonly default: ComponentType<StructuredProps> }>('/modules/*/mobile/*.editor.tsx')

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

const pathOf = (module: string, name: string, kind: 'page' | 'card'): string => `${module === 'mail' ? '/mail' : `/modules/${module}`}/mobile/${name}.${kind}.tsx`

const records = remembering<RecordPageProps>(pages)
const forms = remembering<FormPageProps>(pages)
const acts = remembering<{ readonly record: RecordDetailWire }>(pages)
const plain = remembering<object>(pages)
const drawn = remembering<object>(cards)

export const modulePages: ModulePages = {
  record: (module, name) => records(pathOf(module, name, 'page')),
  form: (module, name) => forms(pathOf(module, name, 'page')),
  acts(module, record) {
    const Acts = acts(pathOf(module, 'record-acts', 'page'))
    return Acts && createElement(Acts, { record })
  },
}

/** A module's own page, reached from its entry: `modules/leave/mobile/balance.page.tsx`. */
export const modulePage = (module: string, name: string): ComponentType | undefined => plain(pathOf(module, name, 'page'))

/** A module's card of the first page: `modules/leave/mobile/my-balance.card.tsx`. */
export const moduleCard = (module: string, name: string): ComponentType | undefined => drawn(pathOf(module, name, 'card'))

/** `modules/documents/mobile/body.editor.tsx` shows the shape `body`. */
export const structuredViews: StructuredEditors = Object.fromEntries(
  Object.entries(editors).map(([path, load]) => [path.replace(/^.*\/([^/]+)\.editor\.tsx$/, '$1'), lazy(load)]),
)
