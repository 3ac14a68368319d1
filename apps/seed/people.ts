import { Identity } from '#platform/identity/contract.ts'
import { Org } from '#platform/org/contract.ts'
import type { Runtime } from '#platform/registry/server/runtime.ts'
import { generate } from '#test/world/world.ts'
import type { World } from '#test/world/world.ts'
import { directoryOf } from '../demonstration.ts'

const AT_ONCE = 1_000

/** The part of a world that belongs to some of its people; units only where `withUnits`. */
function partOf(world: World, people: World['people'], withUnits: boolean): World {
  const ids = new Set(people.map(({ id }) => id))
  const theirs = <T extends { readonly personId: string }>(rows: readonly T[]): T[] => rows.filter(({ personId }) => ids.has(personId))
  return {
    units: withUnits ? world.units : [], people, accounts: theirs(world.accounts), memberships: theirs(world.memberships),
    oversight: theirs(world.oversight), roles: theirs(world.roles),
  }
}

/**
 * Brings the demonstration district up to `count` people, those that are there already included; answers how many were added. All get one
 * password, by the same way as an import.
 */
export async function seedPeople(runtime: Runtime, count: number, password: string, progress: (done: number, all: number) => void): Promise<number> {
  const world = generate(count)
  const there = await runtime.query(null, (ctx) => ctx.use(Org).names(world.people.map(({ id }) => id)))
  const units = await runtime.query(null, (ctx) => ctx.use(Org).children(null))
  const wanted = world.people.filter(({ id }) => there[id] === undefined)
  for (let start = 0; start < wanted.length; start += AT_ONCE) {
    const part = partOf(world, wanted.slice(start, start + AT_ONCE), units.length === 0 && start === 0)
    await runtime.command(null, async (ctx) => {
      await ctx.use(Org).load(directoryOf(part))
      await ctx.use(Identity).createAccounts(part.accounts, password, { changeFirst: false })
    })
    progress(Math.min(start + AT_ONCE, wanted.length), wanted.length)
  }
  return wanted.length
}
