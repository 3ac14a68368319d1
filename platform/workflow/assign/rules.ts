import type { AssignRuleName } from '#kit/assign-rules.ts'
import { roleLabel } from '#platform/access/roles.ts'
import { rankOf } from '#platform/org/data/ranks.ts'
import type { RuleFunction } from './place.ts'
import { found, headOf, headsOf, holdersWithin, leadersOf, lineageOf, membersWithin, organisationOf, withinOrganisation } from './units.ts'

const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const count = (value: unknown, otherwise: number): number => (typeof value === 'number' ? value : otherwise)

const head: RuleFunction = async (place, subject, { up }) => {
  const heads = await headsOf(place, await lineageOf(place, subject))
  return heads.slice(count(up, 0), count(up, 0) + 1)
}

/** 部门负责人, then 分管领导, then 主要领导, and so on upward; the first who is somebody else. */
const superior: RuleFunction = async (place, subject) => {
  for (const unit of await lineageOf(place, subject)) {
    const leaders = found((await place.overseers(unit.id)).slice(0, 1), `分管${unit.shortName}的领导`)
    const above = [...(await headOf(place, unit)), ...leaders].find(({ post }) => post.personId !== subject.personId)
    if (above !== undefined) return [above]
  }
  return []
}

const headAt: RuleFunction = async (place, subject, { at }) => {
  const units = await lineageOf(place, subject)
  const organisations = units.filter(({ isOrganisation }) => isOrganisation)
  if (at === 'department') return (await headsOf(place, units.slice(0, units.findIndex(({ isOrganisation }) => isOrganisation)))).slice(0, 1)
  const unit = organisations[at === 'above' ? 1 : 0]
  return unit === undefined ? [] : headOf(place, unit)
}

const headOfKind: RuleFunction = async (place, subject, { kind }) => {
  const unit = (await lineageOf(place, subject)).find((one) => one.kind === kind)
  return unit === undefined ? [] : headOf(place, unit)
}

const headsUp: RuleFunction = async (place, subject, { most }) => {
  const heads = await headsOf(place, await withinOrganisation(place, subject))
  return heads.filter(({ post }) => post.personId !== subject.personId).slice(0, count(most, heads.length))
}

/** A rule that looks at the subject's organisation. */
const inOrganisation = (look: (...given: [Parameters<RuleFunction>[0], NonNullable<Awaited<ReturnType<typeof organisationOf>>>, Parameters<RuleFunction>[2]]) => ReturnType<RuleFunction>): RuleFunction =>
  async (place, subject, args) => {
    const organisation = await organisationOf(place, subject)
    return organisation === undefined ? [] : look(place, organisation, args)
  }

const deputies = inOrganisation(async (place, organisation) => {
  const chiefs = new Set((await holdersWithin(place, organisation, 'unit-head')).map(({ personId }) => personId))
  return found((await holdersWithin(place, organisation, 'leader')).filter(({ personId }) => !chiefs.has(personId)), `${organisation.shortName}班子副职`)
})

const actingHead: RuleFunction = async (place, subject) => {
  for (const unit of await withinOrganisation(place, subject)) {
    const posts = unit.isOrganisation ? await membersWithin(place, unit) : await place.members(unit.id)
    const acting = posts.filter(({ kind }) => kind === '主持工作')
    if (acting.length > 0) return found(acting, `${unit.shortName}主持工作的负责人`)
  }
  return []
}

const roleInUnit: RuleFunction = async (place, subject, { role }) => {
  const [unit, organisation] = [await place.unit(subject.unitId), await organisationOf(place, subject)]
  if (unit === undefined || organisation === undefined) return []
  return found((await holdersWithin(place, organisation, text(role))).filter(({ unitId }) => unitId === unit.id), `${unit.shortName}${roleLabel(text(role))}`)
}

const roleInDistrict: RuleFunction = async (place, subject, { role }) => {
  const district = (await lineageOf(place, subject)).at(-1)
  return district === undefined ? [] : found(await place.holders(text(role), district.id, { below: true }), `全区${roleLabel(text(role))}`)
}

const post: RuleFunction = async (place, _subject, { post: id }) => found([...(await place.postsById([text(id)])).values()], '现任指定岗位的人员')

const members: RuleFunction = async (place, subject, { below }) => {
  const unit = await place.unit(subject.unitId)
  return unit === undefined ? [] : found(await place.members(unit.id, { below: below === true }), `${unit.shortName}人员`)
}

const ranked = inOrganisation(async (place, organisation, { rank: code }) => {
  const rank = rankOf(text(code))
  return rank === undefined ? [] : found((await membersWithin(place, organisation)).filter(({ level }) => level <= rank.level), `${organisation.shortName}${rank.label}以上人员`)
})

/** An organisation that has named nobody is reached through whoever receives its papers. */
const LIAISONS = ['liaison', 'mail-clerk', 'office-head']

const liaison = inOrganisation(async (place, organisation) => {
  for (const role of LIAISONS) {
    const holders = await holdersWithin(place, organisation, role)
    if (holders.length > 0) return found(holders, `${organisation.shortName}${roleLabel(role)}`)
  }
  return []
})

export const RULES: Readonly<Record<AssignRuleName, RuleFunction>> = {
  'org.head': head, 'org.superior': superior, 'org.head-at': headAt, 'org.head-of-kind': headOfKind, 'org.heads-up': headsUp,
  'org.overseer': (place, subject) => leadersOf(place, subject, '分管'),
  'org.contact-leader': (place, subject) => leadersOf(place, subject, '联系'),
  'org.chief': (place, subject, args) => headAt(place, subject, { ...args, at: 'organisation' }),
  'org.deputies': deputies, 'org.acting-head': actingHead,
  'org.office-head': inOrganisation(async (place, organisation) => found((await holdersWithin(place, organisation, 'office-head')).slice(0, 1), `${organisation.shortName}办公室主任`)),
  'org.role-in-unit': roleInUnit,
  'org.role-in-organisation': inOrganisation(async (place, organisation, { role }) => found(await holdersWithin(place, organisation, text(role)), `${organisation.shortName}${roleLabel(text(role))}`)),
  'org.role-in-district': roleInDistrict, 'org.post': post,
  'org.post-titled': inOrganisation(async (place, organisation, { title }) => found((await membersWithin(place, organisation)).filter((one) => one.title === title), `${organisation.shortName}${text(title)}`)),
  'org.members': members, 'org.rank': ranked, 'org.liaison': liaison,
  'org.duty': inOrganisation(async (place, organisation) => found(await place.onDuty(organisation.id), `${organisation.shortName}值班人员`)),
}
