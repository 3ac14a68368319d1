/** The person behind a request, in the post she acts in. */
export interface Actor {
  readonly accountId: string
  readonly personId: string
  readonly name: string
  /** The acting post: a membership's id. */
  readonly postId: string
  readonly unitId: string
  readonly unitName: string
  readonly organisationId: string
  readonly organisationName: string
  /** Roles in the acting post, and those that hold in any post. */
  readonly roles: readonly string[]
  readonly sessionId: string
}

/** Names a service and its type; the implementation is provided once, at the composition root. */
export interface Contract<T> {
  readonly id: string
  /** Carries the type only; never set. */
  readonly type?: T
}

export const contract = <T>(id: string): Contract<T> => ({ id })

/** A fact that happened; it leaves by the outbox after the commit, and listeners may see it more than once. */
export interface DomainEvent<D = unknown> {
  readonly type: string
  readonly data: D
  /** Events of one key (`leave_request:<id>`) reach a listener in the order they were emitted; without a key the order is open. */
  readonly key?: string
}

/** What every rule and command is given first: who acts, when, and the way to services, all inside one transaction. */
export interface Context {
  /** Null for jobs and system work. */
  readonly actor: Actor | null
  readonly now: Date
  readonly requestId: string
  use<T>(contract: Contract<T>): T
  /** Ends the command with an error whose text stands in a `words.ts`; everything it wrote is rolled back. */
  fail(code: string, details?: Readonly<Record<string, unknown>>): never
  emit(event: DomainEvent): void
}
