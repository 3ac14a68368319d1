import { z } from 'zod'
import { diagramWire } from './task.ts'

/** Something the check of a model found, and the element it points at. `at`: the node of the picture that shows it; null: it is about the whole. */
export const findingWire = z.object({ rule: z.string(), level: z.enum(['error', 'warning']), place: z.string(), name: z.string(), message: z.string(), at: z.string().nullable() })
export type FindingWire = z.infer<typeof findingWire>

export const modelVersionWire = z.object({
  number: z.int(), kind: z.enum(['module', 'uploaded']), title: z.string(), state: z.enum(['draft', 'published', 'retired']), note: z.string().nullable(),
  errors: z.int(), warnings: z.int(), createdAt: z.string(), createdBy: z.string().nullable(), publishedAt: z.string().nullable(), publishedBy: z.string().nullable(),
  /** Cases that run on it, and those that ended. */
  running: z.int(), ended: z.int(),
})
export type ModelVersionWire = z.infer<typeof modelVersionWire>

/** A line of 流程模型: one kind of record and what its new cases start with. */
export const flowModelWire = z.object({
  entity: z.string(), label: z.string(), module: z.string(), title: z.string(), published: modelVersionWire.nullable(), drafts: z.int(), versions: z.int(), running: z.int(),
})
export type FlowModelWire = z.infer<typeof flowModelWire>

export const modelActWire = z.object({
  number: z.int(), act: z.enum(['arrive', 'upload', 'publish', 'roll-back', 'retire', 'discard']), note: z.string().nullable(), at: z.string(), by: z.string().nullable(),
})
export type ModelActWire = z.infer<typeof modelActWire>

/** An event of the published version that starts cases by itself; `dead`: it failed too often and waits for a retry. */
export const modelStartWire = z.object({
  node: z.string(), name: z.string(), kind: z.enum(['timer', 'message', 'signal']), next: z.string().nullable(), fired: z.int(), dead: z.boolean(), error: z.string().nullable(),
})
export type ModelStartWire = z.infer<typeof modelStartWire>

export const flowModelDetailWire = z.object({
  entity: z.string(), label: z.string(), title: z.string(), items: z.array(modelVersionWire), acts: z.array(modelActWire), starts: z.array(modelStartWire),
})
export type FlowModelDetailWire = z.infer<typeof flowModelDetailWire>

const step = z.object({ place: z.string(), name: z.string(), kind: z.string() })

/** One version: what was found in it, its picture, and how it differs from the published one. */
export const modelVersionDetailWire = modelVersionWire.extend({
  findings: z.array(findingWire),
  /** What runs; while errors keep it from running, what the model draws. Null: there is nothing to draw. */
  diagram: diagramWire.nullable(),
  difference: z.object({ added: z.array(step), removed: z.array(step), changed: z.array(step.extend({ what: z.array(z.string()) })) }).nullable(),
  form: z.string(),
})
export type ModelVersionDetailWire = z.infer<typeof modelVersionDetailWire>
