import type { FastifyInstance } from 'fastify'
import type { AccessMatrix } from '#kit/access.ts'
import type { Contract } from '#kit/context.ts'
import type { ErrorWords } from '#kit/words.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import type { Deferred } from '#platform/db/server/deferred.ts'
import type { Role } from '#platform/config/contract.ts'
import type { DescribedRoute } from '#platform/http/server/described-route.ts'
import type { Route } from '#platform/http/server/route.ts'
import type { Runtime } from './runtime.ts'

/** A contract and the function that makes its service for one context; made at first use, then kept for the context's life. */
export interface Provision {
  readonly contract: Contract<unknown>
  readonly make: (ctx: ServerContext) => unknown
}

export const provide = <T>(contract: Contract<T>, make: (ctx: ServerContext) => T): Provision => ({ contract, make })

/** Events are delivered at least once, each in a transaction of its own, so listeners must bear repeats. */
export type Listener = (ctx: ServerContext, data: unknown) => Promise<void>

export interface JobHandler {
  readonly name: string
  /** Runs on this schedule (cron, Asia/Shanghai) besides being queued by name. */
  readonly cron?: string
  readonly run: (ctx: ServerContext, data: Readonly<Record<string, unknown>>) => Promise<void>
}

export type Settle = (committed: boolean) => void

/** One platform service as the composition root sees it; tables come from `server/migrations/*.sql` beside it. */
export interface PlatformService {
  readonly id: string
  /** Part of the installation (`ROLES`) in which `start` runs; without one it runs in every process. */
  readonly role?: Role
  readonly errors?: ErrorWords
  /** Who may do what with the service's own routes: permission `<id>.<action>`. */
  readonly access?: AccessMatrix
  readonly provides?: readonly Provision[]
  readonly routes?: readonly Route[]
  /** Routes that need Fastify itself: streams, uploads, event streams. */
  readonly plugin?: (app: FastifyInstance, runtime: Runtime) => Promise<void> | void
  /** Those routes as the published interface tells them; a test finds the forgotten ones. */
  readonly described?: readonly DescribedRoute[]
  readonly listeners?: Readonly<Record<string, Listener>>
  readonly jobs?: readonly JobHandler[]
  /** Hooks that see every request, whoever serves it: metrics, request log. */
  readonly hooks?: (app: FastifyInstance, runtime: Runtime) => void
  /** Ends with an error while this process should get no requests: `/readyz`. */
  readonly ready?: (runtime: Runtime) => Promise<void>
  /** Measured values for `/metrics`, by their full names. */
  readonly gauges?: (runtime: Runtime) => Promise<Readonly<Record<string, number>>>
  /** Brings what code declares (dictionaries, permissions) into the database; runs at each start, must be repeatable. */
  readonly sync?: (runtime: Runtime) => Promise<void>
  /** Rows that wait for the end of each command. */
  readonly deferred?: readonly Pick<Deferred<never>, 'take'>[]
  /**
   * Last word of every command before its commit, when the deferred writes are done; what it answers is called after the commit (true), or when there was none or nobody knows (false).
   */
  readonly beforeCommit?: (ctx: ServerContext) => Promise<Settle | undefined>
  readonly start?: (runtime: Runtime) => Promise<void>
  readonly stop?: (runtime: Runtime) => Promise<void>
}
