import { contract } from '#kit/context.ts'

export interface DrawnNumber {
  readonly n: number
  readonly text: string
}

/** What a number stands on. */
export interface NumberedObject {
  readonly type: string
  readonly id: string
}

export interface NumberingOptions {
  /** Issuing organisation; the actor's unless told. */
  readonly organisationId?: string
  /** Year of the series; this year in Shanghai unless told. Without effect on a pattern without {year}. */
  readonly year?: number
}

export interface LedgerEntry {
  readonly n: number
  readonly text: string
  readonly state: 'used' | 'reserved' | 'void'
  /** Person's name; 系统 for jobs. */
  readonly by: string
  readonly at: Date
  readonly reason: string | null
  readonly objectId: string | null
}

/**
 * Running numbers by (organisation, series, year), starting at 1 each year, without silent gaps: every number drawn, reserved or voided stays in
 * the ledger with who, when and why. A pattern without {year} runs on across years (命令(令)). Callers check who may; choosing, reserving and
 * voiding are written to the audit log here.
 */
export interface NumberingService {
  /** Next free number; `pattern` has {year}, {n}. Others who draw from the series wait for this transaction's end. */
  draw(series: string, pattern: string, object: NumberedObject, options?: NumberingOptions): Promise<DrawnNumber>
  /** A chosen number (补号), also one reserved before; ends with 409 `numbering.taken` when a document has it or it was voided. */
  take(series: string, pattern: string, n: number, object: NumberedObject, reason: string, options?: NumberingOptions): Promise<DrawnNumber>
  /** Keeps numbers back for later `take` (预留号); ends with 409 `numbering.taken` when one of them is not free. */
  reserve(series: string, pattern: string, numbers: readonly number[], reason: string, options?: NumberingOptions): Promise<readonly DrawnNumber[]>
  /** What `draw` would answer now, without drawing. */
  peek(series: string, pattern: string, options?: NumberingOptions): Promise<DrawnNumber>
  /** Keeps the number out of use for good, with its reason. Ends with 409 `numbering.void` when it is void already. */
  void(series: string, pattern: string, n: number, reason: string, options?: NumberingOptions): Promise<void>
  /** In order of the numbers; `year` null for a series that runs on. */
  ledger(series: string, year: number | null, options?: Pick<NumberingOptions, 'organisationId'>): Promise<readonly LedgerEntry[]>
}

export const Numbering = contract<NumberingService>('numbering')
