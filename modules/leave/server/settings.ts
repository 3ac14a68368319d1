import { sql } from 'kysely'
import type { ServerContext } from '#platform/db/server/context.ts'
import { actorOf } from '#platform/registry/server/module-server.ts'
import { DEFAULT_APPROVAL } from '../rules/approval.ts'
import type { ApprovalTable } from '../rules/approval.ts'
import type { KindChange } from '../rules/kinds.ts'
import { DEFAULT_RULES } from '../rules/settings.ts'
import type { LeaveRules } from '../rules/settings.ts'

interface Values {
  readonly approval: ApprovalTable
  /** Changes of single kinds, by code. */
  readonly kinds: Readonly<Record<string, KindChange>>
  readonly rules: LeaveRules
}

const DEFAULTS: Values = { approval: DEFAULT_APPROVAL, kinds: {}, rules: DEFAULT_RULES }

export interface Setting<N extends keyof Values> {
  readonly value: Values[N]
  /** 0 while the defaults hold. */
  readonly version: number
}

/** What holds in an organisation. */
export async function readSetting<N extends keyof Values>(ctx: ServerContext, organisationId: string, name: N): Promise<Setting<N>> {
  const { rows } = await sql<Setting<N>>`select value, version from leave_setting where organisation_id = ${organisationId} and name = ${name}`.execute(ctx.db())
  return rows[0] ?? { value: DEFAULTS[name], version: 0 }
}

/** Replaces what holds in the actor's organisation; 409 `leave.setting.stale` when somebody was faster. */
export async function saveSetting<N extends keyof Values>(ctx: ServerContext, name: N, value: Values[N], version: number): Promise<void> {
  const { organisationId, personId } = actorOf(ctx)
  const { numAffectedRows } = await sql`
    insert into leave_setting (organisation_id, name, value, version, changed_by, changed_at)
    values (${organisationId}, ${name}, ${JSON.stringify(value)}::jsonb, 1, ${personId}, ${ctx.now})
    on conflict (organisation_id, name) do update set (value, version, changed_by, changed_at) = (excluded.value, leave_setting.version + 1, ${personId}, ${ctx.now})
    where leave_setting.version = ${version}`.execute(ctx.db())
  if (numAffectedRows !== 1n) ctx.fail('leave.setting.stale')
}
