import { formatCivilDate, shanghaiDate } from '#base/civil-date.ts'

/** What somebody wrote when doing a step of the case. */
export interface Opinion {
  readonly node: string
  readonly name: string
  /** Agency: for whom. */
  readonly onBehalfOf: string | null
  readonly opinion: string | null
  readonly at: Date
  /** Picture of the signature under it. */
  readonly signatureId?: string | null
  readonly outcome?: string | null
  /** Of a round that was sent back: it stays on the sheet, marked, and counts no more. */
  readonly superseded?: boolean
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

/**
 * Opinions of steps with name and date; `silent` stands for a bare signature, which is agreement (党政机关公文处理工作条例 art. 22), null leaves it out.
 * What was said before the document was sent back stays, and says so.
 */
export const written = (opinions: readonly Opinion[], nodes: readonly string[], silent: string | null) =>
  opinions.filter(({ node }) => nodes.includes(node)).flatMap((one) => {
    const [said, back] = [(one.opinion ?? '').trim(), one.outcome === 'return' || one.outcome === 'reject']
    const text = back ? `退回：${said}` : said === '' ? silent : said
    return text === null ? [] : [{ text: one.superseded === true && !back ? `${text}（退回前）` : text, signature: signature(one), signatureId: one.signatureId ?? null }]
  })

/** The proposal stands in the record; it is signed by whoever proposed last. */
function proposal(texts: Texts, opinions: readonly Opinion[]) {
  const last = opinions.findLast(({ node, superseded }) => node === 'propose' && superseded !== true)
  return (texts['proposal'] ?? '') === '' ? [] : [{ text: texts['proposal'] ?? '', signature: last === undefined ? '' : signature(last), signatureId: last?.signatureId ?? null }]
}

const circulation = (readings: readonly Reading[]) =>
  readings.map(({ name, readAt, opinion }) => ({ text: (opinion ?? '') === '' ? (readAt === null ? '（未阅）' : '已阅') : (opinion ?? ''), signature: readAt === null ? name : `${name}\u3000${day(readAt)}` }))

const pair = (label: string, text: string | undefined) => ({ label, text: text ?? '' })

/** 收文处理单 of an organisation. `texts` has the record's values as read, with `number` for the receipt number. */
export function incomingSheet(organisation: string, texts: Texts, opinions: readonly Opinion[], readings: readonly Reading[]) {
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
      { label: '拟办意见', room: 24, entries: [...written(opinions.filter(({ outcome, superseded }) => outcome === 'return' && superseded === true), ['register', 'propose'], null), ...proposal(texts, opinions)] },
      { label: '领导批示', room: 36, entries: written(opinions, ['instruct'], '圈阅（视为同意）') },
      { label: '承办情况', room: 24, entries: written(opinions, ['handle'], null) },
      { label: '传阅', room: 16, entries: circulation(readings) },
      { label: '办结情况', room: 16, entries: result },
    ],
  }
}
