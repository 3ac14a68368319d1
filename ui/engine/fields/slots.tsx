import { createContext, use } from 'react'
import type { ComponentType } from 'react'

/** What an editor of a structured field gets; without `change` it only shows. */
export interface StructuredProps {
  readonly value: unknown
  readonly change?: (value: unknown) => void
}

export type StructuredEditors = Readonly<Record<string, ComponentType<StructuredProps>>>

/** Shape of a structured field → its editor, filled by the shells from the modules' `web/<shape>.editor.tsx`. */
export const StructuredEditorsContext = createContext<StructuredEditors>({})

/** The slot of a structured field: drawn by the module that owns its shape. */
export function StructuredSlot({ shape, ...props }: StructuredProps & { readonly shape: string }) {
  const Editor = use(StructuredEditorsContext)[shape]
  return Editor === undefined ? <span className="faint">此内容请在对应的业务页面中查看</span> : <Editor {...props} />
}
