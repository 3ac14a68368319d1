import { createElement } from 'react'
import type { ComponentType } from 'react'
import type { RecordDetailWire } from '#kit/wire/record.ts'
import { Loading } from '#ui/components/states.tsx'
import type { FormPageProps, ModulePages, RecordPageProps } from '#ui/engine/detail/pages.ts'
import type { StructuredEditors, StructuredProps } from '#ui/engine/fields/slots.tsx'
import { later, partsOf } from '#ui/lib/later.tsx'

const pages = import.meta.glob<{ readonly default: ComponentType<never> }>(['/modules/*/mobile/*.page.tsx', '/mail/mobile/*.page.tsx'])
const cards = import.meta.glob<{ readonly default: ComponentType }>(['/modules/*/mobile/*.card.tsx', '/mail/mobile/*.card.tsx'])
const editors = import.meta.glob<{ readonly default: ComponentType<StructuredProps> }>('/modules/*/mobile/*.editor.tsx')

const page = createElement(Loading, { lines: 10 })

const pathOf = (module: string, name: string, kind: 'page' | 'card'): string => `${module === 'mail' ? '/mail' : `/modules/${module}`}/mobile/${name}.${kind}.tsx`

const records = partsOf<RecordPageProps>(pages, page)
const forms = partsOf<FormPageProps>(pages, page)
const acts = partsOf<{ readonly record: RecordDetailWire }>(pages)
const plain = partsOf<object>(pages, page)
const drawn = partsOf<object>(cards, createElement(Loading, { lines: 2 }))

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
  Object.entries(editors).map(([path, load]) => [path.replace(/^.*\/([^/]+)\.editor\.tsx$/, '$1'), later(load)]),
)
