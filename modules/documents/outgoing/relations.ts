import type { Relation } from '#modules/documents/checks/draft.ts'
import type { Unit, UnitKind } from '#platform/org/contract.ts'

/** An organisation of the tree. */
export type Organ = Pick<Unit, 'id' | 'parentId' | 'name' | 'shortName' | 'kind'>

/** Words that stand for all organisations of a kind: 各街道、镇 · 区政府各委、办、局 · 各人民团体. */
const GROUPS: readonly (readonly [pattern: RegExp, kind: UnitKind])[] = [
  [/街道|[乡镇](?:政府|人民政府)?$/u, '街道镇'], [/人民团体/u, '人民团体'], [/各委|各办|各局|委办局|各(?:有关)?部门|工作部门/u, '政府'], [/各直属|事业单位/u, '事业单位'],
]
/** Bodies above every district. */
const ABOVE = /^(?:国务院|国家|中央|中共中央|全国|最高人民|市)/u

/** The organ an office serves: 区政府办公室 writes for the district government, and what is meant for that goes to it (条例 art. 17). */
const served = (organ: Organ | undefined, byId: ReadonlyMap<string, Organ>): Organ | undefined => {
  const parent = byId.get(organ?.parentId ?? '')
  return parent !== undefined && (organ?.name === `${parent.name}办公室` || organ?.name === `${parent.name}办公厅`) ? parent : organ
}

function isBelow(organ: Organ | undefined, other: Organ | undefined, byId: ReadonlyMap<string, Organ>): boolean {
  for (let at = byId.get(organ?.parentId ?? ''); at !== undefined; at = byId.get(at.parentId ?? '')) if (at.id === other?.id) return true
  return false
}

/**
 * How organisations stand to one that issues, by name as printed, full or short. Superior and subordinate follow the tree; all others of the district
 * are of no rank relation (不相隶属). Undefined for names the tree does not know.
 */
export function relationsTo(issuerId: string, organs: readonly Organ[]): (name: string) => Relation | undefined {
  const byId = new Map(organs.map((organ) => [organ.id, organ]))
  const byName = new Map(organs.flatMap((organ) => [[organ.name, organ], [organ.shortName, organ]] as const))
  const own = byId.get(issuerId)
  const writer = served(own, byId)
  const city = organs.find(({ parentId }) => parentId === null)
  const cityName = city === undefined ? '' : city.name.slice(0, city.name.length - city.shortName.length)
  const to = (organ: Organ): Relation => {
    if (organ.id === issuerId) return 'inside'
    const other = served(organ, byId)
    if (other?.id === writer?.id || isBelow(writer, other, byId)) return 'superior'
    return isBelow(organ, writer, byId) ? 'subordinate' : 'peer'
  }
  return (name) => {
    const organ = byName.get(name)
    if (organ !== undefined) return to(organ)
    if (ABOVE.test(name) || (cityName !== '' && name.startsWith(cityName) && !name.startsWith(city?.name ?? ''))) return 'superior'
    const kind = GROUPS.find(([pattern]) => pattern.test(name))?.[1]
    const sample = organs.find((one) => one.kind === kind && one.id !== issuerId && one.id !== writer?.id && !isBelow(writer, one, byId) && one.parentId !== null && byId.get(one.parentId)?.parentId !== null)
    return kind === undefined || sample === undefined ? undefined : to(sample)
  }
}
