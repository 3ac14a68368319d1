import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import type { ServerContext } from '#platform/db/server/context.ts'
import { Org } from '#platform/org/contract.ts'
import type { Delegation } from '../../core/delegation.ts'
import { whoOfPost } from '../people.ts'

export interface DelegationRow {
  readonly id: string
  readonly principal_id: string
  readonly organisation_id: string
  readonly delegate_id: string
  readonly delegate_post: string
  readonly scope: Delegation['scope']
  readonly processes: readonly string[]
  readonly excluded: readonly string[]
  readonly post_id: string | null
  readonly secrets: boolean
  readonly shared: boolean
  readonly starts_at: Date
  readonly ends_at: Date
  readonly reason: string
  readonly created_by: string
  readonly created_at: Date
  readonly revoked_by: string | null
  readonly revoked_at: Date | null
}

export async function selectDelegations(ctx: ServerContext, where: RawBuilder<unknown>, most = 200): Promise<DelegationRow[]> {
  return (await sql<DelegationRow>`select d.* from workflow_delegation d where ${where} order by d.created_at desc, d.id limit ${most}`.execute(ctx.db())).rows
}

/** As the rules see them; a delegate who left the post acts in her main post, one who left altogether stands in for nobody. */
export async function delegationsOf(ctx: ServerContext, rows: readonly DelegationRow[]): Promise<readonly Delegation[]> {
  if (rows.length === 0) return []
  const [posts, mains] = [await ctx.use(Org).postsById(rows.map((row) => row.delegate_post)), await ctx.use(Org).mainPosts(rows.map((row) => row.delegate_id))]
  return rows.flatMap((row) => {
    const post = posts.get(row.delegate_post) ?? mains.get(row.delegate_id)
    if (post === undefined) return []
    return [{
      id: row.id, principal: row.principal_id, delegate: whoOfPost(post), scope: row.scope, processes: row.processes, excluded: row.excluded, post: row.post_id,
      secrets: row.secrets, shared: row.shared, from: row.starts_at.getTime(), until: row.ends_at.getTime(),
    }]
  })
}

/** Delegations of these people that hold now. */
export async function activeOf(ctx: ServerContext, principals: readonly string[]): Promise<readonly Delegation[]> {
  const rows = await selectDelegations(ctx, sql`d.principal_id = any(${principals}::uuid[]) and d.starts_at <= ${ctx.now} and d.ends_at > ${ctx.now} and d.revoked_at is null`, 1_000)
  return delegationsOf(ctx, rows)
}
