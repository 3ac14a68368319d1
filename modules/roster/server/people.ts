import { randomUUID } from 'node:crypto'
import { shanghaiDate } from '#base/civil-date.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { Identity } from '#platform/identity/contract.ts'
import { oneTimePassword } from '#platform/identity/server/one-time-password.ts'
import { Org } from '#platform/org/contract.ts'
import type { Directory, PostKind } from '#platform/org/contract.ts'
import { unitOf } from '../rules/people.ts'
import type { KnownForPeople } from '../rules/people.ts'
import { orderOf } from '../rules/read.ts'
import type { Line } from '../rules/read.ts'

type PostInput = Directory['posts'][number]

function postOf(line: Line, known: KnownForPeople, personId: string, today: string): PostInput {
  const { cells } = line
  const rank = (ranks: ReadonlyMap<string, string>, key: string): string | null => ranks.get(cells[key] ?? '') ?? null
  return {
    id: randomUUID(), personId, unitId: unitOf(known, line) ?? '', title: cells['title'] ?? '', kind: (cells['kind'] || '主职') as PostKind, main: true,
    dutyRank: rank(known.dutyRanks, 'dutyRank'), gradeRank: rank(known.gradeRanks, 'gradeRank'), order: orderOf(line), from: cells['from'] || today, to: null,
  }
}

/** Adds checked people with their posts and accounts; answers their first password. */
export async function addPeople(ctx: ServerContext, lines: readonly Line[], known: KnownForPeople): Promise<string> {
  const today = shanghaiDate(ctx.now)
  const password = oneTimePassword()
  const people = lines.map((line) => ({ line, id: randomUUID() }))
  await ctx.use(Org).load({
    units: [], oversight: [], grants: [],
    people: people.map(({ id, line: { cells } }) => ({ id, name: cells['name'] ?? '', phone: cells['phone'] || null, officePhone: cells['officePhone'] || null })),
    posts: people.map(({ id, line }) => postOf(line, known, id, today)),
  })
  await ctx.use(Identity).createAccounts(people.map(({ id, line }) => ({ id: randomUUID(), personId: id, login: line.cells['login'] ?? '' })), password, { changeFirst: true })
  return password
}
