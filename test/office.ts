/** A small office on a real database: one paper, people of the demonstration, and whatever flow a test is about. */
import assert from 'node:assert/strict'
import { tmpdir } from 'node:os'
import { sql } from 'kysely'
import { directoryOf } from '#apps/demonstration.ts'
import { services } from '#apps/services.ts'
import { access } from '#kit/access.ts'
import type { Actor } from '#kit/context.ts'
import { entity } from '#kit/entity.ts'
import { people } from '#kit/fields/reference.ts'
import { text } from '#kit/fields/text.ts'
import type { Flow } from '#kit/flow.ts'
import { module } from '#kit/module.ts'
import { Org } from '#platform/org/contract.ts'
import { entityColumns } from '#platform/records/server/columns.ts'
import { Records } from '#platform/records/contract.ts'
import type { LoadedModule } from '#platform/registry/server/registry.ts'
import type { Runtime } from '#platform/registry/server/runtime.ts'
import type { PlatformService } from '#platform/registry/server/service.ts'
import { Workflow, type WorkflowAct } from '#platform/workflow/contract.ts'
import { openRuntime, testRuntime } from './runtime.ts'
import { accountId, generate, personId } from './world/world.ts'

export const OfficePaper = entity('office_paper', '公文', {
  subject: text('事项', { max: 200, required: true }), signers: people('办理人', { required: true }),
}, { states: { draft: '草稿', open: '办理中', done: '办结', refused: '未通过' }, title: '{subject}' })

type Effects = NonNullable<LoadedModule['server']['effects']>

const moduleOf = (flow: Flow, effects: Effects): LoadedModule => ({
  definition: module({
    id: 'office', title: '公文', icon: 'table', group: 'office', order: 1, entities: [OfficePaper], flows: [flow],
    access: access({ view: { everyone: 'own' }, create: { everyone: 'own' } }),
  }),
  server: { effects },
})

const table: PlatformService = {
  id: 'office-table',
  async sync({ db }) {
    const columns = Object.entries(entityColumns(OfficePaper)).map(([name, type]) => `"${name}" ${type}${name === 'id' ? ' primary key' : ''}`)
    await sql.raw(`create table if not exists office_paper (${columns.join(', ')})`).execute(db)
  },
}

export interface Office {
  readonly runtime: Runtime
  as(login: string): Promise<Actor>
  /** Hands a paper in as 林晓雯; `signers` do the steps that name them. */
  handIn(...signers: readonly string[]): Promise<{ readonly id: string; readonly caseId: string }>
  /** Acts on the first open part of a person. */
  act(login: string, caseId: string, act?: Partial<WorkflowAct>): Promise<void>
  state(id: string): Promise<string>
  /** Logins of the office who have an open part, by who of these it is. */
  holders(caseId: string, logins: readonly string[]): Promise<readonly string[]>
  /** A process with another flow on the same database. */
  published(flow: Flow): Promise<Office>
  close(): Promise<void>
}

/** What people do, through one process. */
function officeOf(runtime: Runtime, url: string, close: () => Promise<void>): Office {
  const as = async (login: string): Promise<Actor> => {
    const [post] = await runtime.query(null, (ctx) => ctx.use(Org).posts(personId(login)))
    if (post === undefined) return assert.fail(`${login} has no post`)
    const { id, personName, unitId, unitName, organisationId, organisationName } = post
    return { accountId: accountId(login), personId: personId(login), name: personName, postId: id, unitId, unitName, organisationId, organisationName, roles: [], sessionId: 'test' }
  }
  const rights = async (login: string, caseId: string) => {
    const actor = await as(login)
    return { actor, ...(await runtime.query(actor, (ctx) => ctx.use(Workflow).rights(caseId))) }
  }
  return {
    runtime, as, close,
    async handIn(...signers) {
      const { id, caseId } = await runtime.command(await as('linxiaowen'), (ctx) => ctx.use(Records).handIn('office_paper', { subject: '请示', signers: signers.map(personId) }))
      return { id, caseId: caseId ?? assert.fail('no case') }
    },
    async act(login, caseId, act = {}) {
      const { actor, taskIds: [key], revisions } = await rights(login, caseId)
      if (key === undefined) return assert.fail(`${login} has no part`)
      await runtime.command(actor, (ctx) => ctx.use(Workflow).act(key, { operation: 'complete', outcome: 'approve', revision: revisions[key] ?? -1, ...act }))
    },
    async state(id) {
      const { rows } = await sql<{ state: string }>`select state from office_paper where id = ${id}`.execute(runtime.db)
      return rows[0]?.state ?? 'none'
    },
    async holders(caseId, logins) {
      const found = await Promise.all(logins.map((login) => rights(login, caseId)))
      return logins.filter((_, index) => (found[index]?.taskIds.length ?? 0) > 0)
    },
    async published(flow) {
      const all = [table, ...services]
      const next = openRuntime(url, tmpdir(), { services: all, modules: [moduleOf(flow, {})] })
      for (const service of all) await service.sync?.(next)
      return officeOf(next, url, () => next.database.close())
    },
  }
}

export async function openOffice(flow: Flow, effects: Effects = {}, clock: () => Date = () => new Date()): Promise<Office> {
  const server = await testRuntime({ services: [table, ...services], modules: [moduleOf(flow, effects)], clock })
  await server.runtime.command(null, (ctx) => ctx.use(Org).load(directoryOf(generate(0))))
  return officeOf(server.runtime, server.url, () => server.close())
}
