import { FIXED_RULES, RULE_IDS, RULE_NAMES } from '#modules/documents/checks/finding.ts'
import type { CheckSettings, RuleId } from '#modules/documents/checks/finding.ts'
import type { RuleDecision } from '#modules/documents/outgoing/api.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { actorOf } from '#platform/registry/server/module-server.ts'

type Severities = NonNullable<CheckSettings['severities']>

interface SeverityTables {
  documents_rule_severity: { organisation_id: string; rule: RuleId; severity: 'stop' | 'hint' | 'off' }
}

/** What an organisation decided; rules left out keep their usual severity. */
export async function severitiesOf(ctx: ServerContext, organisationId: string): Promise<Severities> {
  const rows = await ctx.db<SeverityTables>().selectFrom('documents_rule_severity').select(['rule', 'severity']).where('organisation_id', '=', organisationId).execute()
  return Object.fromEntries(rows.map(({ rule, severity }) => [rule, severity]))
}

/** Every rule with the decision of the actor's organisation. */
export async function listRules(ctx: ServerContext): Promise<{ items: RuleDecision[] }> {
  const decided = await severitiesOf(ctx, actorOf(ctx).organisationId)
  return { items: RULE_IDS.map((rule) => ({ rule, name: RULE_NAMES[rule], severity: decided[rule] ?? 'usual', fixed: FIXED_RULES.has(rule) })) }
}

/** Sets one rule for the actor's organisation; documents already handed in are judged by it from now on. */
export async function decideRule(ctx: ServerContext, rule: RuleId, severity: RuleDecision['severity']): Promise<void> {
  if (FIXED_RULES.has(rule)) ctx.fail('documents.rule.fixed', { rule: RULE_NAMES[rule] })
  const organisationId = actorOf(ctx).organisationId
  const db = ctx.db<SeverityTables>()
  if (severity === 'usual') await db.deleteFrom('documents_rule_severity').where('organisation_id', '=', organisationId).where('rule', '=', rule).execute()
  else {
    await db.insertInto('documents_rule_severity').values({ organisation_id: organisationId, rule, severity })
      .onConflict((conflict) => conflict.columns(['organisation_id', 'rule']).doUpdateSet({ severity })).execute()
  }
}
