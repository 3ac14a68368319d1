import { formatCivilDate, shanghaiDate } from '#base/civil-date.ts'
import { isUuid } from '#base/ids.ts'
import { isOrgRule } from '#kit/assign-rules.ts'
import type { AssignRuleName } from '#kit/assign-rules.ts'
import { valueAt } from '#kit/where.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { registryOf } from '#platform/registry/server/of.ts'
import type { RuleRecord } from '#platform/records/contract.ts'
import { Org } from '#platform/org/contract.ts'
import { preparedDirectory, questionKey, whoKey } from '../core/context.ts'
import { findByRule } from '../assign/find.ts'
import type { Place } from '../assign/place.ts'
import type { Assigned, Directory, Question, StandIn, Who } from '../core/context.ts'
import { WorkflowError } from '../core/error.ts'
import { standInsFor } from './delegations/stand-ins.ts'
import { onDuty } from './duty.ts'
import { whoOfPost } from './people.ts'
import { pickAmong } from './pick.ts'

/** Most rounds of questions one command may ask; each round answers all that were open. */
const ROUNDS = 50

async function byRule(ctx: ServerContext, record: RuleRecord, { by, variables }: Question & { by: { kind: 'rule' } }): Promise<readonly Assigned[]> {
  const assign = registryOf(ctx).entity(record.entity)?.module.server.assign?.[by.name]
  if (assign === undefined) throw new Error(`nobody binds the rule ${by.name}`)
  const found = await assign(ctx, record, { ...variables, ...by.with })
  const posts = await ctx.use(Org).postsById(found.map(({ postId }) => postId))
  return found.flatMap(({ postId, why, ...part }) => {
    const post = posts.get(postId)
    return post === undefined ? [] : [{ who: whoOfPost(post), evidence: why, ...part }]
  })
}

/** The rules of the platform (`kit/assign-rules.ts`), as of today. */
function byOrgRule(ctx: ServerContext, record: RuleRecord, name: AssignRuleName, { by, variables, initiator, subjects }: Question & { by: { kind: 'rule' } }): Promise<readonly Assigned[]> {
  const org = ctx.use(Org)
  // A model may name anything; what is no id names nobody.
  const place: Place = {
    ...org, onDuty: (organisationId) => onDuty(ctx, organisationId), unit: async (id) => (isUuid(id) ? org.unit(id) : undefined),
    postsById: (ids) => org.postsById(ids.filter(isUuid)), mainPosts: (ids) => org.mainPosts(ids.filter(isUuid)),
  }
  return findByRule(place, { name, args: by.with, initiator, subjects, values: { ...record.values, ...variables }, today: formatCivilDate(shanghaiDate(ctx.now)) })
}

/** Ids of a field name people or, where the form says so, posts. */
async function whoOfField(ctx: ServerContext, values: readonly string[]): Promise<Who[]> {
  const ids = values.filter(isUuid)
  const [people, posts] = [await ctx.use(Org).mainPosts(ids), await ctx.use(Org).postsById(ids)]
  return ids.flatMap((id) => {
    const post = people.get(id) ?? posts.get(id)
    return post === undefined ? [] : [whoOfPost(post)]
  })
}

/** Whom a question means today. */
export async function answer(ctx: ServerContext, record: RuleRecord, question: Question): Promise<readonly Assigned[]> {
  const { by } = question
  if (by.kind === 'rule') return isOrgRule(by.name) ? byOrgRule(ctx, record, by.name, { ...question, by }) : byRule(ctx, record, { ...question, by })
  if (by.kind === 'among') return pickAmong(ctx, record, question.node, by)
  const ids = by.kind === 'persons' ? by.persons : [by.field.startsWith('loop.') ? valueAt(question.variables, by.field) : record.values[by.field]].flat().filter((id): id is string => typeof id === 'string')
  const evidence = by.kind === 'persons' ? '流程中指定' : '表单中指定'
  return (await whoOfField(ctx, ids)).map((who) => ({ who, evidence }))
}

interface Open {
  readonly questions: readonly Question[]
  readonly principals: readonly Who[]
}

/**
 * Runs a pure step that asks the directory: unanswered questions are looked up and the same step is run again, until it has all it needs.
 * Whoever is found is looked up at once for somebody who stands in, which saves a round.
 */
export async function withDirectory<T>(ctx: ServerContext, record: RuleRecord, run: (directory: Directory) => T): Promise<T> {
  const answers = new Map<string, readonly Assigned[]>()
  const standIns = new Map<string, StandIn | null>()
  for (let round = 0; round < ROUNDS; round++) {
    try {
      return run(preparedDirectory(answers, standIns))
    } catch (error) {
      if (!(error instanceof WorkflowError) || error.code !== 'workflow.directory.unanswered') throw error
      const { questions, principals } = error.details as unknown as Open
      const people = [...principals]
      for (const question of questions) {
        const found = await answer(ctx, record, question)
        answers.set(questionKey(question), found)
        people.push(...found.map(({ who }) => who))
      }
      const unknown = people.filter((who) => !standIns.has(whoKey(who)))
      for (const [key, standIn] of await standInsFor(ctx, record, unknown)) standIns.set(key, standIn)
    }
  }
  throw new Error(`the directory was asked more than ${ROUNDS} rounds of questions`)
}
