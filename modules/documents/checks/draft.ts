import type { Block, NumberStyle } from '#modules/documents/body.ts'
import type { Direction, DocType } from '#modules/documents/data/doc-types.ts'

/** How an addressee stands to the issuer; `inside`: a part of the issuer's own organisation; `person`: somebody in person. */
export type Relation = 'superior' | 'subordinate' | 'peer' | 'inside' | 'person'

export type Addressee = {
  name: string
  /** Unknown for names typed by hand. */
  relation?: Relation
  /** A superior assigned this matter to the drafter in person, so the answer may go to that person (条例 art. 15). */
  assigned?: true
}

/** `office` is a 办公厅（室）, the only internal office that may issue outward (条例 art. 17). `rank`: equal numbers are equal levels. */
export type Issuer = { name: string; short?: string; kind: 'organ' | 'office' | 'internal' | 'person'; rank?: number; code?: string }

/** 签发人 or a head who signed; `signedOn` is a civil date once done. */
export type Signer = { name: string; organ?: string; head: boolean; signedOn?: string }

/** 会签 of a department concerned by the matter. */
export type Consultation = { organ: string; state: 'waiting' | 'agreed' | 'disagreed' }

/** Why an attached file is not set into the document: its kind, what it holds, its size, what protects it, or that it cannot be read. */
export type WhySeparate = 'format' | 'not-text' | 'large' | 'signed' | 'locked' | 'damaged'

/**
 * `listed` is the name in 附件说明, `title` that of the attachment itself; they are compared. Null: listed but not there, or there but not listed.
 * `separate`: it goes beside the document as a file.
 */
export type DraftAttachment = { listed: string | null; title: string | null; body?: Block[]; separate?: WhySeparate }

/** What the duties of a 规范性文件 need. Counts in days, validity in years. */
export type Normative = { legalReview: boolean; years?: number; trial?: boolean; consultedDays?: number }

/** An official document as the drafting rules see it. Dates are civil strings, `2026-07-01`; null means not yet known. */
export type Draft = {
  docType: DocType
  direction: Direction
  /** The leading organ (主办机关) first. */
  issuers: Issuer[]
  title: string
  /** 发文字号; null before registration. */
  number: string | null
  addressees: Addressee[]
  copyTo: Addressee[]
  body: Block[]
  numberStyle?: NumberStyle
  attachments: DraftAttachment[]
  signers: Signer[]
  contact?: { name: string; phone: string }
  /** 附注 without brackets. */
  note?: string
  /** 成文日期. */
  date: string | null
  /** Day of the meeting that passed the document, if one did. */
  passedOn?: string
  secrecy: string
  consultations: Consultation[]
  normative?: Normative
}
