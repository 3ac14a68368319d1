import { contract } from '#kit/context.ts'

export interface JobsService {
  /** Queues work in the command's transaction; `key` keeps the same work from being queued twice. Handlers are bound by name and must be repeatable. */
  enqueue(name: string, data: Readonly<Record<string, unknown>>, options?: { key?: string; after?: Date }): Promise<void>
}

export const Jobs = contract<JobsService>('jobs')
