import { z } from 'zod'

/** Compiled versions of a flow: what cases under way run on, and what they may be put on. `number` null: no kept version has it. */
const runningVersion = z.object({ ir: z.string(), number: z.int().nullable(), title: z.string(), state: z.enum(['draft', 'published', 'retired']).nullable(), running: z.int() })
export const migrationVersionsWire = z.object({ from: z.array(runningVersion), to: z.array(runningVersion), all: z.array(runningVersion) })
export type MigrationVersionsWire = z.infer<typeof migrationVersionsWire>

/** A step of the old version. `to`: the step that is the same in the new one; null: the administrator chooses. `at`: cases that stand there. */
export const migrationStepsWire = z.object({
  steps: z.array(z.object({ node: z.string(), name: z.string(), to: z.string().nullable(), at: z.int() })),
  targets: z.array(z.object({ node: z.string(), name: z.string() })),
})
export type MigrationStepsWire = z.infer<typeof migrationStepsWire>

/** What one case would do, or did. `problem`: why it cannot; then there are no moves. */
export const migratedCaseWire = z.object({
  caseId: z.uuid(), entity: z.string(), recordId: z.uuid(), title: z.string(), problem: z.string().nullable(),
  moves: z.array(z.object({ how: z.enum(['kept', 'renamed', 'anew', 'opened', 'closed']), from: z.string().nullable(), to: z.string().nullable(), people: z.array(z.string()), due: z.string().nullable() })),
})
export type MigratedCaseWire = z.infer<typeof migratedCaseWire>
export const migrationWire = z.object({ items: z.array(migratedCaseWire), next: z.string().nullable() })
export type MigrationWire = z.infer<typeof migrationWire>

/** A migration that was carried out: between which versions (null: no kept one), and how many cases followed and did not. */
export const migrationReportWire = z.object({
  id: z.uuid(), at: z.string(), by: z.string(), entity: z.string(), process: z.string(), from: z.int().nullable(), to: z.int().nullable(), reason: z.string(), carried: z.int(), refused: z.int(),
})
export type MigrationReportWire = z.infer<typeof migrationReportWire>

/** Times in hours by the clock. Rates from 0 to 1. */
const line = z.object({ key: z.string(), label: z.string(), n: z.int(), median: z.number(), p90: z.number(), overdue: z.number(), returned: z.number() })
export const flowStatisticsWire = z.object({
  processes: z.array(line),
  steps: z.array(line.extend({ entity: z.string(), process: z.string() })),
  units: z.array(line),
})
export type FlowStatisticsWire = z.infer<typeof flowStatisticsWire>
export type StatisticsLineWire = z.infer<typeof line>
