import { z } from 'zod'

const part = z.object({ id: z.string(), name: z.string(), personId: z.string(), onBehalfOf: z.string().nullable() })

/** An open step of a running case, with the parts that are open in it. */
const openStep = z.object({ node: z.string(), name: z.string(), since: z.string(), due: z.string().nullable(), parts: z.array(part) })

/**
 * What keeps a case from going on: nobody found (`unit`: because a unit in the form is no more), no way that fits, a loop, a broken service, a dead timer, everybody
 * left, a join that nothing reaches any more. `ways`: what its manager may do about it.
 */
const trouble = z.object({
  kind: z.enum(['nobody', 'unit', 'choice', 'loop', 'effect', 'timer', 'left', 'still']), since: z.string(), step: z.string(), text: z.string(),
  ways: z.array(z.enum(['retry', 'rollback', 'jump', 'terminate', 'hand-over'])),
})
export type TroubleWire = z.infer<typeof trouble>

/** A case of `GET /api/flow-runs`, for whoever manages the flows of an organisation. `dead`: timers that failed too often and wait for a retry. */
export const flowRunWire = z.object({
  caseId: z.uuid(), entity: z.string(), recordId: z.uuid(), title: z.string(), process: z.string(), status: z.enum(['running', 'suspended']),
  initiator: z.string(), unitName: z.string(), startedAt: z.string(), steps: z.array(openStep), dead: z.int(),
  /** Why it cannot go on, when only its manager can help: the texts of `troubles`. */
  stuck: z.string().nullable(),
  troubles: z.array(trouble),
})
export type FlowRunWire = z.infer<typeof flowRunWire>

/** What `GET /api/flow-runs/:id` adds: what may be done, and where the case may be moved to. */
export const flowRunDetailWire = flowRunWire.extend({
  /** True when the manager may also open the record itself. */
  visible: z.boolean(),
  acts: z.array(z.enum(['suspend', 'resume', 'rollback', 'jump', 'terminate', 'hand-over'])),
  /** Where its tokens stand, and where to each may be moved; `cancels`: the other places whose work that would cancel. */
  tokens: z.array(z.object({ token: z.int(), node: z.string(), name: z.string(), targets: z.array(z.object({ node: z.string(), name: z.string(), cancels: z.array(z.string()) })) })),
})
export type FlowRunDetailWire = z.infer<typeof flowRunDetailWire>

/** A flow whose cases the actor may manage, whether or not any is under way. */
export const managedFlowWire = z.object({ entity: z.string(), process: z.string() })
export type ManagedFlowWire = z.infer<typeof managedFlowWire>

/** Running cases counted by process and step. */
export const flowSummaryWire = z.object({
  items: z.array(z.object({ entity: z.string(), process: z.string(), node: z.string(), name: z.string(), n: z.int(), overdue: z.int(), oldest: z.string() })),
  units: z.array(z.object({ id: z.uuid(), name: z.string(), n: z.int() })),
})
export type FlowSummaryWire = z.infer<typeof flowSummaryWire>

/** A limit that a changed calendar has moved. */
export const rescheduleWire = z.object({
  id: z.string(), at: z.string(), caseId: z.uuid(), entity: z.string(), recordId: z.uuid(), title: z.string(), process: z.string(), step: z.string(), from: z.string(), to: z.string(),
})
export type RescheduleWire = z.infer<typeof rescheduleWire>

export const deadTimerWire = z.object({
  caseId: z.uuid(), id: z.string(), entity: z.string(), recordId: z.uuid(), title: z.string(), process: z.string(), step: z.string(), kind: z.enum(['wait', 'remind', 'due', 'escalate', 'event', 'call']),
  at: z.string(), attempts: z.int(), error: z.string().nullable(),
})
export type DeadTimerWire = z.infer<typeof deadTimerWire>

/** Parts of a leaver handed over: each case's own result. */
export const handedOverWire = z.object({ done: z.int(), failed: z.array(z.object({ caseId: z.uuid(), title: z.string(), problem: z.string() })) })
export type HandedOverWire = z.infer<typeof handedOverWire>
