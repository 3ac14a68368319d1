import { contract } from '#kit/context.ts'

export interface DrawnNumber {
  readonly n: number
  readonly text: string
}

/**
 * Running numbers by (organisation, series, year), starting at 1 each year, without silent gaps: every number drawn, reserved or voided stays in
 * the ledger with who, when and why.
 */
export interface NumberingService {
  /** Next free number; `pattern` has {year}, {n}. */
  draw(series: string, pattern: string, object: { type: string; id: string }): Promise<DrawnNumber>
  /** A chosen number; ends with 409 `numbering.taken` when somebody has it. */
  take(series: string, pattern: string, n: number, object: { type: string; id: string }, reason: string): Promise<DrawnNumber>
  /** What `draw` would answer now, without drawing. */
  peek(series: string, pattern: string): Promise<DrawnNumber>
  /** Keeps the number out of use for good, with its reason. */
  void(series: string, n: number, reason: string): Promise<void>
  ledger(series: string, year: number): Promise<readonly { n: number; text: string; state: 'used' | 'reserved' | 'void'; by: string; at: Date; reason: string | null; objectId: string | null }[]>
}

export const Numbering = contract<NumberingService>('numbering')
