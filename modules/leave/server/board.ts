import { shanghaiDate } from '#base/civil-date.ts'
import type { CivilDate } from '#base/civil-date.ts'
import { Access } from '#platform/access/contract.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { Org } from '#platform/org/contract.ts'
import type { Post } from '#platform/org/contract.ts'
import { actorOf } from '#platform/registry/server/module-server.ts'
import type { BoardWire, UnitBoardWire } from '../api.ts'
import { presenceOf } from '../rules/presence.ts'
import { staffOf } from './balances.ts'
import { requestsOfAll } from './requests.ts'
import type { Request } from './requests.ts'

/** States in which somebody is away, or has not said that she is back. */
const AWAY = ['approved', 'away', 'to-report', 'done'] as const

function awayOf({ personId, personName, unitName, title }: Post, { kind, period }: Request): UnitBoardWire['away'][number] {
  return { personId, name: personName, unitName, title, status: presenceOf(kind), from: period.start, fromHalf: period.startHalf, to: period.end, toHalf: period.endHalf }
}

/** Leaders see every organisation, everybody else her own. */
async function organisationOf(ctx: ServerContext, asked: string | undefined): Promise<string> {
  const own = actorOf(ctx).organisationId
  if (asked === undefined || asked === own) return own
  return (await ctx.use(Access).scope('leave.board')) === 'district' ? asked : ctx.fail('access.denied')
}

function unitOf([unitId, posts]: readonly [string, readonly Post[]], requests: readonly Request[]): UnitBoardWire {
  const away = posts.flatMap((post) => requests.filter(({ personId }) => personId === post.personId).slice(0, 1).map((request) => awayOf(post, request)))
  return { unitId, unitName: posts[0]?.unitName ?? '', people: posts.length, present: posts.length - away.length, away }
}

/** 「今天谁在岗」: names and times by unit, never reasons. */
export async function boardOf(ctx: ServerContext, date: CivilDate = shanghaiDate(ctx.now), asked?: string): Promise<BoardWire> {
  const organisationId = await organisationOf(ctx, asked)
  const staff = await staffOf(ctx, organisationId)
  const requests = await requestsOfAll(ctx, staff.map(({ personId }) => personId), date, date, AWAY)
  const units = [...Map.groupBy(staff, ({ unitId }) => unitId)].map((entry) => unitOf(entry, requests))
  const organisation = await ctx.use(Org).unit(organisationId)
  const people = staff.length
  return { date, organisationId, organisationName: organisation?.name ?? '', people, present: units.reduce((sum, { present }) => sum + present, 0), units }
}
