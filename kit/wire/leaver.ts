import { z } from 'zod'
import { delegationWire } from './delegation.ts'

/** An open part of a leaver's: whose turn it is, or waits for those before. */
const leaverPart = z.object({
  id: z.string(), caseId: z.uuid(), title: z.string(), process: z.string(), step: z.string(), state: z.enum(['open', 'waiting']), onBehalfOf: z.string().nullable(), due: z.string().nullable(),
})

/** Answer of `GET /api/leavers/:person`: everything that hangs on a person, and what was handed over before. `more`: there are further open parts. */
export const leaverWire = z.object({
  name: z.string(), parts: z.array(leaverPart), more: z.boolean(), given: z.array(delegationWire), received: z.array(delegationWire),
  /** Roles, with the unit from which each is measured; whoever gave them takes them back. */
  roles: z.array(z.object({ role: z.string(), unit: z.string() })),
  /** Running cases she has started, and reading copies she has not confirmed. */
  started: z.int(), unread: z.int(),
  done: z.array(z.object({ id: z.string(), at: z.string(), by: z.string(), to: z.string(), title: z.string(), step: z.string(), reason: z.string() })),
})
export type LeaverWire = z.infer<typeof leaverWire>
