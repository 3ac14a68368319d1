import { z } from 'zod'

/** A way at a gateway. `held` null: it has no condition. */
const way = z.object({ to: z.string(), condition: z.string().nullable(), held: z.boolean().nullable(), taken: z.boolean() })

/** A case on paper: nothing of it is written. `problem`: why it went no further. */
export const simulationWire = z.object({
  steps: z.array(z.object({ wave: z.int(), name: z.string(), people: z.array(z.object({ name: z.string(), why: z.string() })), opened: z.string(), due: z.string().nullable() })),
  choices: z.array(z.object({ wave: z.int(), name: z.string(), ways: z.array(way) })),
  end: z.enum(['ended', 'open', 'stopped']),
  problem: z.string().nullable(),
})
export type SimulationWire = z.infer<typeof simulationWire>

/** Finished cases once more under another version, with the decisions that were made; `differences` is empty when all would be the same. */
export const replayWire = z.object({
  items: z.array(z.object({ caseId: z.uuid(), entity: z.string(), recordId: z.uuid(), title: z.string(), endedAt: z.string(), differences: z.array(z.string()), reasons: z.array(z.string()) })),
  next: z.string().nullable(),
})
export type ReplayWire = z.infer<typeof replayWire>
