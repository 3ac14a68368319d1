/**
 * 意见域: the named places of a form in which opinions stand (「领导批示」「会签」), declared with the entity. A step writes into one of them (`form.area`) and
 * may keep others from whoever does it (`form.hideAreas`).
 */

/** In which order the opinions of an area stand: by time, the last one first, or by the standing of those who gave them (leaders in their order, then unit, post and rank). */
export type AreaOrder = 'time' | 'latest' | 'standing'

export interface OpinionArea {
  readonly label: string
  readonly order: AreaOrder
  /** What a bare signature says; null: nothing stands there. */
  readonly silent: string | null
}

export type OpinionAreas = Readonly<Record<string, OpinionArea>>

/** A bare signature is agreement (党政机关公文处理工作条例 art. 22) unless told. */
export const area = (label: string, { order = 'time', silent = '同意' }: { readonly order?: AreaOrder; readonly silent?: string | null } = {}): OpinionArea => ({ label, order, silent })

/** What somebody wrote when doing a step. */
export interface AreaOpinion {
  readonly area: string | null
  /** Place among all who spoke, the highest first; only areas in order of standing look at it. */
  readonly standing: number
  readonly outcome: string | null
  readonly opinion: string | null
  readonly at: Date
  /** Of a round that was sent back: it stays, marked, and counts no more. */
  readonly superseded: boolean
}

const AGAINST: Readonly<Record<string, string>> = { return: '退回', reject: '不同意', abstain: '弃权' }

/** The text that stands in the area, or null when nothing does. */
export function spoken({ silent }: OpinionArea, { outcome, opinion, superseded }: AreaOpinion): string | null {
  const said = (opinion ?? '').trim()
  const against = AGAINST[outcome ?? '']
  if (against !== undefined) return said === '' ? against : `${against}：${said}`
  const text = said === '' ? silent : said
  return text === null ? null : superseded ? `${text}（退回前）` : text
}

const ORDERS: Readonly<Record<AreaOrder, (a: AreaOpinion, b: AreaOpinion) => number>> = {
  time: (a, b) => a.at.getTime() - b.at.getTime(),
  latest: (a, b) => b.at.getTime() - a.at.getTime(),
  standing: (a, b) => a.standing - b.standing || a.at.getTime() - b.at.getTime(),
}

/** The opinions of an area as they stand in it, each with its text. */
export function inArea<O extends AreaOpinion>(areas: OpinionAreas, key: string, opinions: readonly O[]): readonly { readonly text: string; readonly by: O }[] {
  const found = areas[key]
  if (found === undefined) return []
  return opinions.filter(({ area: of }) => of === key).toSorted(ORDERS[found.order]).flatMap((by) => {
    const text = spoken(found, by)
    return text === null ? [] : [{ text, by }]
  })
}
