import { z } from 'zod'
import { signingWire } from './signature.ts'

/** One line of 待办, 待阅, 已办, 已阅, 我发起. */
export const todoWire = z.object({
  /** Task, reading or case, by box. */
  id: z.string(),
  box: z.enum(['todo', 'toread', 'done', 'read', 'mine']),
  entity: z.string(), recordId: z.uuid(), title: z.string(),
  /** 公文 · 会签 */
  moduleTitle: z.string(), stepName: z.string(),
  /** Who sent it: name and unit. */
  from: z.string(),
  urgency: z.enum(['normal', 'urgent', 'most-urgent']),
  at: z.string(),
  due: z.string().nullable(),
  /** Where a case of mine is now: step and people. */
  where: z.string().nullable(),
  /** May be approved together with others, without opening it. */
  batch: z.boolean(),
  /** Agency: 「代 周牧原」 for whoever stands in, 「何向东可代办」 for a principal who may act as well. */
  agency: z.string().nullable(),
  /** Revision of the task, sent back with an act on it. */
  revision: z.int(),
})
export type TodoWire = z.infer<typeof todoWire>

const who = z.object({ postId: z.uuid(), name: z.string(), unitName: z.string(), onBehalfOf: z.string().nullable() })

/** A place to which a task may be sent back: what that means for others when everything is done again from there, and when it comes straight back. */
export const returnTargetWire = z.object({ node: z.string(), name: z.string(), people: z.string(), cancels: z.string(), back: z.string() })

/** What may be done with a task now. `likely` ones are buttons, the rest stand under 更多. */
export const operationWire = z.object({
  id: z.enum(['complete', 'return', 'withdraw', 'hand-over', 'delegate', 'add-before', 'add-after', 'add-beside', 'remove-signer', 'consult', 'add-step', 'skip-step', 'copy', 'circulate', 'refer', 'urge', 'claim', 'release', 'terminate', 'void', 'jump', 'suspend', 'resume', 'read']),
  label: z.string(),
  likely: z.boolean(),
  /** Outcome that `complete` sends: approve, reject or the name of a branch. */
  outcome: z.string().optional(),
  opinion: z.enum(['none', 'optional', 'required']),
  /** A short text that is asked for, by its label. */
  asks: z.string().optional(),
  /** A person or several must be chosen. */
  people: z.enum(['none', 'one', 'several']),
  targets: z.array(returnTargetWire).optional(),
  /** What will happen, shown before a dangerous act. */
  warns: z.string().optional(),
})
export type OperationWire = z.infer<typeof operationWire>

/** Answer of `GET /api/tasks/:id`. */
export const taskWire = z.object({
  id: z.string(), caseId: z.uuid(), node: z.string(), name: z.string(), entity: z.string(), recordId: z.uuid(), revision: z.int(),
  state: z.enum(['open', 'done', 'cancelled']),
  holders: z.array(who),
  /** Why it is with this person. */
  why: z.string(),
  since: z.string(), due: z.string().nullable(),
  /** Fields this step may write; others are read or hidden by the record's answer. */
  writes: z.array(z.string()),
  requires: z.array(z.string()),
  /** Label of the area of the form in which an opinion given here stands. */
  area: z.string().nullable(),
  operations: z.array(operationWire),
})
export type TaskWire = z.infer<typeof taskWire>

/** An area of the form and the opinions that stand in it, in its order. */
export const opinionAreaWire = z.object({
  key: z.string(), label: z.string(),
  opinions: z.array(z.object({ id: z.string(), step: z.string(), name: z.string(), unitName: z.string(), onBehalfOf: z.string().nullable(), text: z.string(), at: z.string(), superseded: z.boolean(), signature: signingWire.nullable() })),
})
export type OpinionAreaWire = z.infer<typeof opinionAreaWire>

export const timelineWire = z.object({
  areas: z.array(opinionAreaWire),
  entries: z.array(z.object({
    id: z.string(), node: z.string(), step: z.string(),
    state: z.enum(['done', 'now', 'next', 'returned', 'cancelled', 'note']),
    people: z.array(z.object({ name: z.string(), unitName: z.string(), onBehalfOf: z.string().nullable(), outcome: z.string().nullable(), opinion: z.string().nullable(), at: z.string().nullable(), why: z.string(), signature: signingWire.nullable() })),
    at: z.string().nullable(), due: z.string().nullable(), note: z.string().nullable(),
  })),
})
export type TimelineWire = z.infer<typeof timelineWire>

/**
 * A step to come, of `GET /api/cases/:id/preview` and `GET /api/flows/:entity/preview`. Steps with the same `wave` are open side by side;
 * `why`: the reasons its people were found for.
 */
export const nextStepWire = z.object({ node: z.string(), name: z.string(), people: z.array(z.string()), why: z.string(), due: z.string().nullable(), wave: z.int() })
export type NextStepWire = z.infer<typeof nextStepWire>

/** What follows at once when an open step passes; `waitsFor` names steps in other branches that must be finished first, `problem` why nobody can say. */
export const afterWire = z.object({ node: z.string(), name: z.string(), next: z.array(nextStepWire), waitsFor: z.array(z.string()), ends: z.boolean(), problem: z.string().nullable() })

/** Answer of `GET /api/cases/:id/preview`: the rest of the way, and what each open step leads to. */
export const previewWire = z.object({ steps: z.array(nextStepWire), after: z.array(afterWire) })
export type PreviewWire = z.infer<typeof previewWire>

const point = z.object({ x: z.number(), y: z.number() })
/**
 * Answer of `GET /api/cases/:id/diagram` and `GET /api/flows/:entity/diagram`: places and sizes in the drawing's own units. `people`: who did a
 * step, has it, or is expected to; `returns`: ways back that were taken, with how often.
 */
export const diagramWire = z.object({
  nodes: z.array(z.object({
    id: z.string(), name: z.string(), kind: z.string(), x: z.number(), y: z.number(), w: z.number(), h: z.number(), state: z.enum(['done', 'now', 'returned', 'cancelled', 'next']),
    people: z.array(z.string()), due: z.string().nullable(),
    /** How this case differs from its flow: a step added to it, or skipped in it. */
    mark: z.enum(['added', 'skipped']).nullable(),
  })),
  edges: z.array(z.object({ from: z.string(), to: z.string(), label: z.string().nullable(), points: z.array(point), taken: z.boolean() })),
  returns: z.array(z.object({ from: z.string(), to: z.string(), times: z.int() })),
})
export type DiagramWire = z.infer<typeof diagramWire>

/** Answer of `POST /api/tasks/batch`: each task's own result; `problem` says why one was not done. */
export const batchWire = z.object({ items: z.array(z.object({ id: z.string(), done: z.boolean(), problem: z.string().nullable() })) })
export type BatchWire = z.infer<typeof batchWire>
