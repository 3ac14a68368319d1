import type { FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { ServerContext } from '#platform/db/server/context.ts'
import type { Runtime } from '#platform/registry/server/runtime.ts'

export type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'

/** One address of the interface. `GET` runs as a query, the others as one command: one transaction, audited, repeatable by `Idempotency-Key`. */
export interface Route<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  readonly method: Method
  /** `/api/...` with `:name` for parameters. */
  readonly path: string
  readonly title: string
  /** Group in the published interface. */
  readonly tag: string
  /** Open to people who have not signed in. */
  readonly open?: boolean
  readonly permission?: string
  /** Name in the audit log; commands without one are audited as `<method> <path>`. */
  readonly action?: string
  /** Opens its transactions itself, by `http.runtime`, or needs none: for signing in, which must remember failures and computes for long, and for questions. */
  readonly ownTransactions?: boolean
  /** Largest body in bytes, for addresses that take in whole files; 2 MiB unless told. */
  readonly bodyLimit?: number
  /** Parameters of path, query and body in one object; a name must not come twice. */
  readonly input: I
  readonly output: O
  /** Of an answer that is not JSON: a file, sent as bytes. */
  readonly mediaType?: string
  readonly run: (ctx: ServerContext, input: never, http: Http) => Promise<unknown>
}

/** The few handlers that set cookies or need the caller's address get it here. */
export interface Http {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly runtime: Runtime
}

type Definition<I extends z.ZodType, O extends z.ZodType> = Omit<Route<I, O>, 'run'> & {
  readonly run: (ctx: ServerContext, input: z.output<I>, http: Http) => Promise<z.input<O>>
}

export const route = <I extends z.ZodType, O extends z.ZodType>(definition: Definition<I, O>): Route => definition as unknown as Route
