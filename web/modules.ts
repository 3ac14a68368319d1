import { createElement } from 'react'
import type { ComponentType } from 'react'
import type { RecordDetailWire } from '#kit/wire/record.ts'
import { Loading } from '#ui/components/states.tsx'
import type { FormPageProps, ModulePages, RecordPageProps } from '#ui/engine/detail/pages.ts'
import type { StructuredEditors, StructuredProps } from '#ui/engine/fields/slots.tsx'
import { later, partsOf } from '#ui/lib/later.tsx'

const pages = import.meta.glob<{ readonly default: ComponentType<never> }>(['/modules/*/web/*.page.tsx', '/mail/web/*.page.tsx'])
const cards = import.meta.glob<{ readonly default: ComponentType }>('/modules/*/web/*.card.tsx')
const editors = import.meta.glob<{ readonly default: ComponentType<StructuredProps> }>('/modules/*/web/*.editor.tsx')

const page = createElement(Loading, { lines: 10 })

const pathOf = (module: string, name: string, kind: string): string => (module === 'mail' ? `/mail/web/${name}.${kind}.tsx` : `/modules/${module}/web/${name}.${kind}.tsx`)

const records = partsOf<RecordPageProps>(pages, page)
const forms = partsOf<FormPageProps>(pages, page)

const acts = partsOf<{ readonly record: RecordDetailWire }>(pages)
const plain = partsOf<object>(pages, page)
const drawnCards = partsOf<object>(cards, createElement(Loading, { lines: 3 }))

/** A page of a module that stands by itself. */
export const handMade = (module: string, name: string): ComponentType | undefined => plain(pathOf(module, name, 'page'))

/** Whether a module draws a page of this name. */
export const isDrawn = (module: string, name: string): boolean => handMade(module, name) !== undefined

/** A card of the home page: `modules/<module>/web/<name>.card.tsx`. */
export const homeCard = (module: string, name: string): ComponentType | undefined => drawnCards(pathOf(module, name, 'card'))

/** Fetches the cards' scripts before it is known which of them stand here, so that they do not wait for the menu; one that fails is asked for again by its card. */
export const readHomeCards = (): void => { for (const load of Object.values(cards)) load().catch(() => undefined) }

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
  Object.entries(editors).map(([path, load]) => [path.replace(/^.*\/([^/]+)\.editor\.tsx$/, '$1'), later(load)]),
)
