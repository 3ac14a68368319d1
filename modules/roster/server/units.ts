import { randomUUID } from 'node:crypto'
import type { ServerContext } from '#platform/db/server/context.ts'
import { Org } from '#platform/org/contract.ts'
import type { UnitKind } from '#platform/org/contract.ts'
import { orderOf } from '../rules/read.ts'
import type { Line } from '../rules/read.ts'
import { parentsOf } from '../rules/units.ts'
import type { KnownForUnits } from '../rules/units.ts'

/** Adds checked units, those above first. */
export async function addUnits(ctx: ServerContext, lines: readonly Line[], known: KnownForUnits): Promise<void> {
  const parentOf = parentsOf(lines, known)
  const added = new Map<Line, string>()
  const add = async (line: Line): Promise<string> => {
    const there = added.get(line)
    if (there !== undefined) return there
    const parent = parentOf(line) ?? ctx.fail('org.unit.missing')
    const parentId = 'id' in parent ? parent.id : await add(parent.line)
    const { cells } = line
    const [id, name] = [randomUUID(), cells['name'] ?? '']
    added.set(line, id)
    await ctx.use(Org).addUnit({
      id, parentId, name, shortName: cells['shortName'] || name, kind: cells['kind'] as UnitKind, isOrganisation: cells['organisation'] === '是',
      docCode: cells['docCode'] || null, code: cells['code'] || null, order: orderOf(line),
    })
    return id
  }
  for (const line of lines) await add(line)
}
