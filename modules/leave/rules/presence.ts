/** Kinds that are work elsewhere, not leave. */
const OUT_KINDS: ReadonlySet<string> = new Set(['trip', 'business', 'training', 'official'])

export type Presence = 'leave' | 'out'

export const presenceOf = (kind: string): Presence => (OUT_KINDS.has(kind) ? 'out' : 'leave')
