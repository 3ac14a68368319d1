import type { Who } from '../core/context.ts'

/** 方宁, or 方宁（代 何静）. */
export const nameOf = ({ who, onBehalfOf }: { readonly who: Who; readonly onBehalfOf: Who | null }): string => (onBehalfOf === null ? who.name : `${who.name}（代 ${onBehalfOf.name}）`)
