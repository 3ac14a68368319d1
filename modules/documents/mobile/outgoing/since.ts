import type { VersionLine } from '../../web/outgoing/queries.ts'

/** The part of a timeline that says who acted when. */
type Entries = readonly { readonly people: readonly { readonly name: string; readonly at: string | null }[] }[]

/** When this person last dealt with the document; null while she has not. */
export const lastActOf = (entries: Entries, name: string): string | null =>
  entries.flatMap(({ people }) => people.flatMap((who) => (who.name === name && who.at !== null ? [who.at] : []))).toSorted().at(-1) ?? null

interface Since {
  /** The version this person knows, or the first. */
  readonly from: number
  /** Whether she has seen the document before. */
  readonly known: boolean
  /** Who changed it from there on, each once. */
  readonly by: readonly string[]
}

/** What to compare for somebody who last saw the text at `seen`; versions are in their order. */
export function sinceOf(versions: readonly VersionLine[], seen: string | null): Since {
  const known = seen === null ? undefined : versions.findLast(({ at }) => at <= seen)
  const from = known?.version ?? versions[0]?.version ?? 1
  return { from, known: known !== undefined, by: [...new Set(versions.filter(({ version }) => version > from).map(({ by }) => by))] }
}

/** 「上次办理后：顾云程改过」. */
export function sinceText({ known, by }: Since): string {
  const when = known ? '您上次办理后' : '起草后'
  return by.length === 0 ? `${when}没有改动` : `${when}：${by.join('、')}改过`
}
