import type { Block, NumberStyle } from '#modules/documents/body.ts'

/** `document` 文件式 (clause 7), `letter` 信函 (10.1), `minutes` 纪要 (10.3). */
export type LayoutFormat = 'document' | 'letter' | 'minutes'

/** An image of a seal, given by whoever holds it; nothing is drawn without one. `diameter` in mm. */
export type SealImage = { type: 'svg' | 'png'; bytes: Uint8Array; diameter?: number }

/** One 署名 with the seal pressed on it, if there is one. */
export type Signature = { organ: string; seal?: SealImage }

/** A picture set on a page of its own; its size in pixels. */
export type Picture = { type: 'png' | 'jpg'; bytes: Uint8Array; width: number; height: number }

/** A PDF whose pages are set into the document's own, with the size of each as it is shown, mm. */
export type BoundPdf = { bytes: Uint8Array; pages: readonly { width: number; height: number }[] }

/** An attachment. Without text, picture and pages it is only named (附件说明), because it exists as a separate file. */
export type Attachment = { title: string; body?: Block[]; picture?: Picture; pdf?: BoundPdf }

/** 7.4.3: who printed the document and when (civil date, `2026-07-01`). */
export type PrintedBy = { organ: string; date: string }

/** 10.3: lists of a meeting's minutes, names as they shall be printed. */
export type Attendance = { present?: string; excused?: string; observers?: string }

/** The 18 format elements of clause 7 (page numbers are made by the layout). Dates are civil strings, `2026-07-01`. */
export type OfficialDocument = {
  format: LayoutFormat
  /** False prints a draft: 送审稿 in the corner, no seal, and a blank in place of a missing number or date. */
  issued: boolean
  /** 份号, up to six digits. */
  copyNumber?: string
  /** 密级 with its term, e.g. `1年`. */
  secrecy?: { level: '秘密' | '机密' | '绝密'; term?: string }
  urgency?: '特急' | '加急'
  /** 发文机关标志: full or standard short names, the leading organ first; for minutes the one mark, e.g. 长宁区人民政府常务会议纪要. */
  issuers: string[]
  /** Whether 文件 follows the names. Only in `document`. */
  withSuffix?: boolean
  /** 发文字号 as printed, `长府〔2026〕3号`; null before it is given. */
  number: string | null
  /** 签发人 in the order of the organs; only documents to a superior show them. */
  signers?: string[]
  title: string
  /** Lines of the title where a person has fixed them; otherwise they are balanced. */
  titleLines?: string[]
  /** 主送机关 without the closing colon. */
  recipients?: string
  /** `imprint` moves a list too long for the first page into the 版记 (7.3.2). */
  recipientsIn?: 'body' | 'imprint'
  body: Block[]
  numberStyle?: NumberStyle
  attachments?: Attachment[]
  signatures?: Signature[]
  /** Whether seals are pressed, now or later on paper; decides which of the two arrangements of 7.3.5 is used. */
  sealed?: boolean
  /** 成文日期; null before signing. */
  date: string | null
  /** 附注 without brackets. */
  note?: string
  attendance?: Attendance
  /** 抄送机关 without the closing full stop. */
  copies?: string
  printed?: PrintedBy
  /** Double-sided print puts the 版记 on an even page (7.4, 7.5); `false` leaves it on the page where the text ends. Default true. */
  evenImprint?: boolean
}
