import { addDays } from '#base/civil-date.ts'
import type { CivilDate } from '#base/civil-date.ts'
import { uuidOfKey } from '#base/ids.ts'
import type { RoleId } from '#kit/access.ts'
import { CAST, CAST_BY_SLOT, castMember } from './cast.ts'
import { inventName, uniqueLogins } from './names.ts'
import type { Gender, InventedName } from './names.ts'
import { LEADING_KEYS } from './organisations.ts'
import { pick, seeded } from './random.ts'
import { furtherSlot, SECOND_POSTS, SLOTS } from './staffing.ts'
import type { PostKind, SecondPost, Slot } from './staffing.ts'
import { unitId, UNITS } from './units.ts'
import type { WorldUnit } from './units.ts'

export interface WorldPerson {
  readonly id: string
  readonly name: string
  readonly gender: Gender
  /** In the range 169, which is given to no operator. */
  readonly phone: string
  /** 参加工作时间: total service counts from it. */
  readonly workedSince: CivilDate
}

export interface WorldAccount {
  readonly id: string
  readonly login: string
  readonly personId: string
}

export interface WorldMembership {
  readonly id: string
  readonly personId: string
  readonly unitId: string
  readonly title: string
  readonly kind: PostKind
  /** Codes of `#platform/org/data/ranks.ts`. */
  readonly dutyRank: string | null
  readonly gradeRank: string | null
  /** The post people act in after signing in. */
  readonly main: boolean
  readonly order: number
  readonly from: CivilDate
  readonly to: CivilDate | null
}

export interface WorldOversight {
  readonly personId: string
  readonly unitId: string
  readonly relation: '分管' | '联系'
}

/** Roles of departments (`department-head`, `clerk`) hold in the department, roles of administrators in the district, all others in the organisation. */
export interface WorldRoleGrant {
  readonly personId: string
  readonly unitId: string
  readonly role: RoleId
}

export interface World {
  readonly units: readonly WorldUnit[]
  readonly people: readonly WorldPerson[]
  readonly accounts: readonly WorldAccount[]
  readonly memberships: readonly WorldMembership[]
  readonly oversight: readonly WorldOversight[]
  readonly roles: readonly WorldRoleGrant[]
}

export const personId = (login: string): string => uuidOfKey(`person:${login}`)
export const accountId = (login: string): string => uuidOfKey(`account:${login}`)
/** A membership's id, from its chair: `postId('emergency/leaders/head')`. */
export const postId = (slot: string): string => uuidOfKey(`post:${slot}`)

const SEED = 310_105
const DEPARTMENT_ROLES: ReadonlySet<RoleId> = new Set(['department-head', 'clerk'])
const DISTRICT_ROLES: ReadonlySet<RoleId> = new Set(['system-admin', 'security-admin', 'auditor', 'ops'])

interface Seat {
  readonly slot: Slot
  readonly person: WorldPerson
  readonly login: string
  readonly membership: WorldMembership
}

const roleUnit = (role: RoleId, { unitKey, organisationKey }: Slot): string =>
  unitId(DISTRICT_ROLES.has(role) ? 'district' : DEPARTMENT_ROLES.has(role) ? unitKey : organisationKey)

const grants = (slot: Slot, holder: string): WorldRoleGrant[] => slot.roles.map((role) => ({ personId: holder, unitId: roleUnit(role, slot), role }))

function membershipOf(slot: Slot, holder: string, main: boolean, gradeRank: string | null, from: CivilDate, to: CivilDate | null): WorldMembership {
  return { id: postId(slot.key), personId: holder, unitId: unitId(slot.unitKey), title: slot.title, kind: slot.kind, dutyRank: slot.dutyRank, gradeRank, main, order: slot.order, from, to }
}

/** Seats people one after another; the same chairs in the same order give the same people. */
function seating(): (slot: Slot) => Seat {
  const random = seeded(SEED)
  const unique = uniqueLogins(CAST.map(({ login }) => login))
  let number = 0
  return (slot) => {
    number += 1
    const invented = inventName(random)
    const fixed = CAST_BY_SLOT.get(slot.key)
    const named: InventedName = fixed ?? { ...invented, login: unique(invented.login) }
    // Chiefs have served longer than clerks.
    const served = (slot.dutyRank === null ? 1 : 14) * 365 + Math.floor(random() * 20 * 365)
    const person: WorldPerson = { id: personId(named.login), name: named.name, gender: named.gender, phone: `169${String(number).padStart(8, '0')}`, workedSince: addDays('2026-01-01', -served) }
    const from = addDays('2026-01-01', -Math.floor(random() * Math.min(served, 3000)))
    const gradeRank = slot.grades.length > 0 ? pick(slot.grades, random) : null
    return { slot, person, login: named.login, membership: membershipOf(slot, person.id, true, gradeRank, from, null) }
  }
}

/** Departments beyond the leaders', in the order in which larger worlds fill them. */
const DEPARTMENTS: readonly WorldUnit[] = UNITS.filter(({ isOrganisation, key }) => !isOrganisation && !key.endsWith('/leaders'))

function furtherSlots(count: number): Slot[] {
  const headed = new Set(SLOTS.filter(({ roles }) => roles.includes('department-head')).map(({ unitKey }) => unitKey))
  return Array.from({ length: count }, (_, index) => {
    const department = DEPARTMENTS[index % DEPARTMENTS.length]
    if (!department) throw new RangeError('a world needs departments')
    return furtherSlot(department.key, department.name, Math.floor(index / DEPARTMENTS.length) + 1, !headed.has(department.key))
  })
}

const deputiesOf = (seats: readonly Seat[], organisationKey: string): Seat[] =>
  seats.filter(({ slot }) => slot.organisationKey === organisationKey && /\/leaders\/deputy-\d+$/.test(slot.key))

/** Deals units out to the deputies in turn. */
function dealt(deputies: readonly Seat[], units: readonly WorldUnit[], relation: WorldOversight['relation']): WorldOversight[] {
  return units.flatMap((unit, index) => {
    const deputy = deputies[index % deputies.length]
    return deputy ? [{ personId: deputy.person.id, unitId: unit.id, relation }] : []
  })
}

function oversightOf(seats: readonly Seat[]): WorldOversight[] {
  const organisations = UNITS.filter(({ isOrganisation }) => isOrganisation)
  const leaders = [...LEADING_KEYS].flatMap((key) => dealt(deputiesOf(seats, key), organisations.filter(({ parentId }) => parentId === unitId(key)), '分管'))
  const departments = organisations.filter(({ key }) => !LEADING_KEYS.has(key)).flatMap(({ key, id }) => dealt(deputiesOf(seats, key), DEPARTMENTS.filter(({ parentId }) => parentId === id), '分管'))
  const streets = dealt(deputiesOf(seats, 'party'), organisations.filter(({ kind }) => kind === '街道镇'), '联系')
  return [...leaders, ...departments, ...streets]
}

const secondPost = (post: SecondPost, seat: Seat): WorldMembership => membershipOf(post, seat.person.id, false, seat.membership.gradeRank, post.from, post.to)

/**
 * The demonstration district: every organisation with its leaders, office and clerks. With `people` above the basic number (some 500) clerks are
 * added department by department; the basic people keep their ids, names and logins.
 */
export function generate(people = 0): World {
  const seats = [...SLOTS, ...furtherSlots(Math.max(0, people - SLOTS.length))].map(seating())
  const bySlot = new Map(seats.map((seat) => [seat.slot.key, seat]))
  const second = SECOND_POSTS.flatMap((post) => {
    const seat = bySlot.get(post.holder)
    return seat ? [{ post, seat }] : []
  })
  return {
    units: UNITS,
    people: seats.map(({ person }) => person),
    accounts: seats.map(({ login, person }) => ({ id: accountId(login), login, personId: person.id })),
    memberships: [...seats.map(({ membership }) => membership), ...second.map(({ post, seat }) => secondPost(post, seat))],
    oversight: oversightOf(seats),
    roles: [...seats.flatMap(({ slot, person }) => grants(slot, person.id)), ...second.flatMap(({ post, seat }) => grants(post, seat.person.id))],
  }
}

/** The main post of one of the cast. */
export const postOf = (login: string): string => postId(castMember(login).slot)
