import { formatCivilDate, shanghaiDate } from '#base/civil-date.ts'
import { inArea } from '#kit/opinions.ts'
import type { AreaOpinion, OpinionAreas } from '#kit/opinions.ts'
import { IncomingDocument } from './model.ts'

/** What somebody wrote when doing a step of the case. */
export interface Opinion extends AreaOpinion {
  readonly node: string
  readonly name: string
  /** Agency: for whom. */
  readonly onBehalfOf: string | null
  /** Picture of the signature under it. */
  readonly signatureId: string | null
}

export interface Reading {
  readonly name: string
  readonly readAt: Date | null
  readonly opinion: string | null
}

/** The record's values as text, by field. */
export type Texts = Readonly<Record<string, string>>

const day = (at: Date): string => formatCivilDate(shanghaiDate(at))
export const signature = ({ name, onBehalfOf, at }: Opinion): string => `${onBehalfOf === null ? name : `${name}（代${onBehalfOf}）`}\u3000${day(at)}`

/** An area of the form on its 处理单: every opinion of every round with name and date; `room` in mm while nobody wrote. */
export const section = (areas: OpinionAreas, key: string, room: number, opinions: readonly Opinion[]) => ({
  label: areas[key]?.label ?? '', room, entries: inArea(areas, key, opinions).map(({ text, by }) => ({ text, signature: signature(by), signatureId: by.signatureId })),
})

/** The proposal stands in the record; it is signed by whoever proposed last. */
function proposal(texts: Texts, opinions: readonly Opinion[]) {
  const last = opinions.findLast(({ node, superseded }) => node === 'propose' && !superseded)
  return (texts['proposal'] ?? '') === '' ? [] : [{ text: texts['proposal'] ?? '', signature: last === undefined ? '' : signature(last), signatureId: last?.signatureId ?? null }]
}

const circulation = (readings: readonly Reading[]) =>
  readings.map(({ name, readAt, opinion }) => ({ text: (opinion ?? '') === '' ? (readAt === null ? '（未阅）' : '已阅') : (opinion ?? ''), signature: readAt === null ? name : `${name}\u3000${day(readAt)}` }))

const pair = (label: string, text: string | undefined) => ({ label, text: text ?? '' })

/** 收文处理单 of an organisation. `texts` has the record's values as read, with `number` for the receipt number. */
export function incomingSheet(organisation: string, texts: Texts, opinions: readonly Opinion[], readings: readonly Reading[]) {
  const areas = IncomingDocument.opinions
  const [proposed, finished] = [section(areas, 'propose', 24, opinions), section(areas, 'finish', 16, opinions)]
  const result = (texts['result'] ?? '') === '' ? [] : [{ text: texts['result'] ?? '', signature: opinions.filter(({ node }) => node === 'finish').map(signature).at(-1) ?? '' }]
  return {
    title: `${organisation}收文处理单`,
    rows: [
      [pair('来文机关', texts['sender']), pair('来文字号', texts['senderNumber'])],
      [pair('标题', texts['subject'])],
      [pair('收文日期', texts['receivedOn']), pair('收文编号', texts['number'])],
      [pair('紧急程度', texts['urgency']), pair('密级', texts['secrecy'])],
      [pair('办理类型', texts['kind']), pair('办理时限', texts['dueOn'])],
      [pair('主办部门', texts['lead']), pair('协办部门', texts['assist'])],
    ],
    sections: [
      { ...proposed, entries: [...proposed.entries, ...proposal(texts, opinions)] },
      section(areas, 'instruct', 36, opinions),
      section(areas, 'handle', 24, opinions),
      { label: '传阅', room: 16, entries: circulation(readings) },
      { ...finished, entries: [...finished.entries, ...result] },
    ],
  }
}
