import type { Workbook } from '#kit/api.ts'
import { movesText } from '#kit/migration-text.ts'
import type { MigratedCaseWire } from '#kit/wire/flow-cockpit.ts'
import { exportWords, migrationWords } from '../../words.ts'

/** Most cases of one report. */
export const MOST_REPORTED = 5000

/** What a dry run found, or a migration did, as a sheet. */
export const reportBook = (process: string, items: readonly MigratedCaseWire[], done: boolean): Workbook => ({
  name: `${process}${done ? migrationWords.report : migrationWords.tryReport}`,
  columns: exportWords.migration.map(([title, width]) => ({ title, width })),
  rows: items.map((item) => [item.title, item.problem !== null ? migrationWords.refused : done ? migrationWords.carried : migrationWords.able, item.problem ?? movesText(item)]),
})
