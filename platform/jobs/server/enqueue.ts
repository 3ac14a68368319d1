import { randomUUID } from 'node:crypto'
import { fromKysely } from 'pg-boss'
import type { ServerContext } from '#platform/db/server/context.ts'
import { registryOf } from '#platform/registry/server/of.ts'
import type { JobsService } from '../contract.ts'
import { senderBoss } from './boss.ts'

export const jobsService = (ctx: ServerContext): JobsService => ({
  async enqueue(name, data, { key, after } = {}) {
    if (!registryOf(ctx).jobs.has(name)) throw new Error(`no handler for the job ${name}`)
    const options = { db: fromKysely(ctx.db()), singletonKey: key ?? randomUUID(), ...(after !== undefined && { startAfter: after }) }
    await senderBoss({ db: ctx.db() }).send(name, data, options)
  },
})
