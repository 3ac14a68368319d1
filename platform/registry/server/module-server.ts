import type { z } from 'zod'
import type { Actor } from '#kit/context.ts'
import type { Endpoint } from '#kit/api.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import type { RuleRecord } from '#platform/records/contract.ts'
import type { JobHandler, Listener, Provision } from './service.ts'

type Values = Readonly<Record<string, unknown>>

/** Works out a computed field from the other values. */
export type ComputeFunction = (ctx: ServerContext, values: Values) => Promise<string | number | null>

/** Checks values that hang together, before a record is saved: ends with `ctx.fail`. `starting` is true when it is handed in. */
export type CheckFunction = (ctx: ServerContext, values: Values, record: RuleRecord | null, starting: boolean) => Promise<void>

export interface AssignedPost {
  readonly postId: string
  /** The evidence shown under "why with this person". */
  readonly why: string
  /** 主办 or 协办, for steps that decide by their lead. */
  readonly role?: 'lead' | 'assist'
  /** Weight in a vote; 1 unless told. */
  readonly weight?: number
  /** A rejection decides a vote. */
  readonly veto?: boolean
}

/** Who gets a task. */
export type AssignFunction = (ctx: ServerContext, record: RuleRecord, variables: Values) => Promise<readonly AssignedPost[]>

/**
 * What a flow does to the business when it passes a step, in the same transaction. `variables` are those of the flow, the record's values, and
 * `step.opinion`: what was written when the step before was done, or null.
 */
export type EffectFunction = (ctx: ServerContext, record: RuleRecord, variables: Values) => Promise<void>

/** Further principals who may see a record, beyond its owner and those who work on it. */
export type ShareFunction = (ctx: ServerContext, record: RuleRecord) => Promise<readonly string[]>

export interface EndpointHandler {
  readonly endpoint: Endpoint
  readonly run: (ctx: ServerContext, input: never) => Promise<unknown>
}

/** Binds an endpoint to its function, with input and output checked against its shapes. */
export const handle = <I extends z.ZodType, O extends z.ZodType>(
  endpoint: Endpoint<I, O>,
  run: (ctx: ServerContext, input: z.output<I>) => Promise<z.input<O>>,
): EndpointHandler => ({ endpoint, run: run as EndpointHandler['run'] })

/** What a module's `server/index.ts` exports as `server`: names used in its definitions, bound to functions. */
export interface ModuleServer {
  readonly compute?: Readonly<Record<string, ComputeFunction>>
  readonly check?: Readonly<Record<string, CheckFunction>>
  readonly assign?: Readonly<Record<string, AssignFunction>>
  readonly effects?: Readonly<Record<string, EffectFunction>>
  readonly share?: Readonly<Record<string, ShareFunction>>
  /** Checks of structured fields, by shape; each answers the canonical value or ends with `ctx.fail`. */
  readonly shapes?: Readonly<Record<string, (ctx: ServerContext, value: unknown) => object>>
  readonly handlers?: readonly EndpointHandler[]
  readonly provides?: readonly Provision[]
  readonly listeners?: Readonly<Record<string, Listener>>
  readonly jobs?: readonly JobHandler[]
}

/** The actor of a request that needs one. */
export function actorOf(ctx: ServerContext): Actor {
  return ctx.actor ?? ctx.fail('identity.signed-out')
}
