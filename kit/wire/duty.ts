import { z } from 'zod'

/** Answer of `GET /api/duty`: who is on duty (值班) on each day of the organisation, first and last day included; days without anybody are left out. */
export const dutyWire = z.object({ days: z.array(z.object({ day: z.string(), people: z.array(z.object({ personId: z.uuid(), name: z.string() })) })) })
export type DutyWire = z.infer<typeof dutyWire>
