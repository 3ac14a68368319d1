import type { RoleId } from '#kit/access.ts'
import { FULL_KEYS, LEADING_KEYS, ORGANISATIONS } from './organisations.ts'
import type { OrganisationEntry, OrganisationStyle } from './organisations.ts'
import { UNITS } from './units.ts'

export type PostKind = '主职' | '兼任' | '挂职' | '借调' | '主持工作'

/** A chair somebody sits on. */
export interface Slot {
  /** Unit's key and the chair in it: `emergency/leaders/head`. */
  readonly key: string
  readonly unitKey: string
  readonly organisationKey: string
  readonly title: string
  readonly kind: PostKind
  readonly dutyRank: string | null
  /** Codes to choose from. */
  readonly grades: readonly string[]
  readonly order: number
  readonly roles: readonly RoleId[]
}

/** A chair held by somebody who has a main post elsewhere. */
export interface SecondPost extends Slot {
  readonly holder: string
  readonly from: string
  readonly to: string | null
}

const TITLES: Readonly<Record<OrganisationStyle, readonly [head: string, deputy: string]>> = {
  office: ['主任', '副主任'], bureau: ['局长', '副局长'], commission: ['主任', '副主任'], department: ['部长', '副部长'], street: ['办事处主任', '办事处副主任'], town: ['镇长', '副镇长'],
  court: ['院长', '副院长'], mass: ['主席', '副主席'], institution: ['主任', '副主任'],
}
const OWN_TITLES: Readonly<Record<string, readonly [head: string, deputy: string]>> = {
  party: ['区委书记', '区委副书记'], congress: ['区人大常委会主任', '区人大常委会副主任'], government: ['区长', '副区长'], cppcc: ['区政协主席', '区政协副主席'],
  discipline: ['书记', '副书记'], 'politics-law': ['书记', '副书记'], 'organs-committee': ['书记', '副书记'], 'party-school': ['常务副校长', '副校长'], youth: ['书记', '副书记'],
  disabled: ['理事长', '副理事长'], 'red-cross': ['会长', '副会长'], procuratorate: ['检察长', '副检察长'], fire: ['支队长', '副支队长'],
}

type SlotPart = Omit<Slot, 'key' | 'unitKey' | 'organisationKey' | 'kind' | 'order'> & { readonly kind?: PostKind }
type Place = (department: string, name: string, part: SlotPart) => Slot

const rank = (dutyRank: string | null, ...grades: string[]) => ({ dutyRank, grades })
const CLERK = rank(null, 'section-1', 'section-2', 'section-3', 'section-3', 'section-4', 'section-4', 'clerk-1')
const SECTION_HEAD = rank('township-chief', 'section-1', 'section-2', 'researcher-4')
const HEAD = rank('county-chief', 'researcher-1', 'researcher-2')
const DEPUTY = rank('county-deputy', 'researcher-3', 'researcher-4', 'researcher-2')

const clerk = (title: string, ...roles: RoleId[]): SlotPart => ({ title, roles: [...roles, 'clerk'], ...CLERK })
/** 业务一科 → 业务一科科长, 党政办公室 → 主任. */
const headTitle = (name: string): string =>
  name.endsWith('科') ? `${name}科长` : name.endsWith('队') ? `${name}${name.endsWith('大队') ? '大队长' : '队长'}` : name.endsWith('组') ? `${name}组长` : `${name}主任`

/** Starts a numbering of chairs within one organisation. */
function placing({ key }: OrganisationEntry): Place {
  let order = 0
  return (department, name, part) => {
    order += 1
    return { ...part, key: `${key}/${department}/${name}`, unitKey: `${key}/${department}`, organisationKey: key, kind: part.kind ?? '主职', order }
  }
}

const titlesOf = ({ key, style }: OrganisationEntry): readonly [string, string] => OWN_TITLES[key] ?? TITLES[style]
const departments = ({ key }: OrganisationEntry) => UNITS.filter((unit) => unit.key.startsWith(`${key}/`)).map(({ key: unitKey, name }) => ({ key: unitKey.slice(key.length + 1), name }))

function leadingSlots(entry: OrganisationEntry, place: Place): Slot[] {
  const [head, deputy] = titlesOf(entry)
  const deputies = entry.key === 'government' ? 5 : 2
  return [
    place('leaders', 'chief', { title: head, roles: ['leader', 'unit-head'], ...rank('bureau-chief', 'inspector-1') }),
    ...Array.from({ length: deputies }, (_, index) => place('leaders', `deputy-${index + 1}`, { title: deputy, roles: ['leader'], ...rank('bureau-deputy', 'inspector-2') })),
  ]
}

/** 统计局 is led by a deputy for the time being (主持工作). */
const ACTING_HEADS: ReadonlySet<string> = new Set(['statistics'])

function headSlots(entry: OrganisationEntry, deputies: number, place: Place): Slot[] {
  const [head, deputy] = titlesOf(entry)
  const secretary = entry.style === 'street' ? '党工委书记' : entry.style === 'town' ? '党委书记' : null
  const acting = ACTING_HEADS.has(entry.key)
  return [
    ...(secretary ? [place('leaders', 'party-secretary', { title: secretary, roles: ['leader'], ...HEAD })] : []),
    place('leaders', 'head', acting
      ? { title: `${deputy}（主持工作）`, kind: '主持工作', roles: ['leader', 'unit-head'], ...DEPUTY }
      : { title: head, roles: ['leader', 'unit-head'], ...HEAD }),
    ...Array.from({ length: deputies }, (_, index) => place('leaders', `deputy-${index + 1}`, { title: deputy, roles: ['leader'], ...DEPUTY })),
  ]
}

/** Few hands: one person does what several do in a large office, but every role has a holder. */
function smallSlots(entry: OrganisationEntry, place: Place): Slot[] {
  const [business] = departments(entry).slice(2)
  return [
    ...headSlots(entry, 1, place),
    place('office', 'office-head', { title: '办公室主任', roles: ['office-head', 'department-head', 'doc-secretary'], ...SECTION_HEAD }),
    place('office', 'mail-clerk', clerk('文书', 'mail-clerk', 'doc-registrar')),
    ...(business ? [place(business.key, 'clerk-1', clerk('科员', 'personnel', 'department-admin'))] : []),
  ]
}

function fullSlots(entry: OrganisationEntry, place: Place): Slot[] {
  const all = departments(entry)
  const keys = new Set(all.map(({ key }) => key))
  const papers = keys.has('documents') ? 'documents' : 'office'
  const personnel = keys.has('personnel') ? 'personnel' : 'party-building'
  const office = all.find(({ key }) => key === 'office')?.name ?? ''
  return [
    ...headSlots(entry, 3, place),
    place('office', 'office-head', { title: headTitle(office), roles: ['office-head', 'department-head'], ...SECTION_HEAD }),
    place('office', 'doc-secretary', clerk('文字秘书', 'doc-secretary')),
    place(papers, 'doc-registrar', clerk('机要文书', 'doc-registrar')),
    place(papers, 'mail-clerk', clerk('收发员', 'mail-clerk')),
    place(personnel, 'personnel', clerk('人事干部', 'personnel')),
    place('office', 'department-admin', clerk('信息管理员', 'department-admin')),
    ...all.filter(({ key }) => key !== 'leaders' && key !== 'office').flatMap(({ key, name }) => [
      place(key, 'head', { title: headTitle(name), roles: ['department-head'], ...SECTION_HEAD }),
      place(key, 'clerk-1', clerk('科员')),
    ]),
  ]
}

function administrationSlots(place: Place): Slot[] {
  const duty = (department: string, name: string, title: string, role: RoleId, grade: string) => place(department, name, { title, roles: [role], ...rank(null, grade) })
  return [
    duty('systems', 'sysadmin', '系统管理员', 'system-admin', 'section-1'), duty('security', 'secadmin', '安全保密管理员', 'security-admin', 'section-1'),
    duty('security', 'auditor', '安全审计员', 'auditor', 'section-2'), duty('operations', 'ops', '驻场运维工程师', 'ops', 'contract'),
  ]
}

function slotsOf(entry: OrganisationEntry): Slot[] {
  const place = placing(entry)
  if (LEADING_KEYS.has(entry.key)) return leadingSlots(entry, place)
  const slots = FULL_KEYS.has(entry.key) ? fullSlots(entry, place) : smallSlots(entry, place)
  return entry.key === 'data' ? [...slots, ...administrationSlots(place)] : slots
}

const ALL_SLOTS: readonly Slot[] = ORGANISATIONS.flatMap(slotsOf)

/** Chairs of an existing body taken by a leader of another one. */
const HELD_BESIDES: ReadonlyMap<string, string> = new Map([
  ['police/leaders/head', 'government/leaders/deputy-2'], ['staffing/leaders/head', 'organisation/leaders/deputy-1'], ['veteran-cadres/leaders/head', 'organisation/leaders/deputy-1'],
])

const extra = (key: string, title: string, kind: PostKind, holder: string, roles: readonly RoleId[], from: string, to: string): SecondPost => {
  const [organisationKey = '', department = ''] = key.split('/')
  return { key, unitKey: `${organisationKey}/${department}`, organisationKey, title, kind, dutyRank: null, grades: [], order: 50, roles, holder, from, to }
}

/** 兼任, 挂职 and 借调: people with more than one post. */
export const SECOND_POSTS: readonly SecondPost[] = [
  ...ALL_SLOTS.flatMap((slot): SecondPost[] => {
    const holder = HELD_BESIDES.get(slot.key)
    return holder === undefined ? [] : [{ ...slot, kind: '兼任', holder, from: '2024-03-01', to: null }]
  }),
  extra('office/leaders/attached', '副主任（挂职）', '挂职', 'hongqiao/leaders/deputy-1', ['leader'], '2026-03-01', '2027-02-28'),
  extra('office/supervision/seconded', '科员（借调）', '借调', 'xinjing/service/clerk-1', ['clerk'], '2026-01-01', '2026-12-31'),
]

/** Chairs that are somebody's main post. */
export const SLOTS: readonly Slot[] = ALL_SLOTS.filter(({ key }) => !HELD_BESIDES.has(key))

/** The n-th further chair of a department, for larger worlds; the first one is the head's when the department has none. */
export function furtherSlot(unitKey: string, departmentName: string, number: number, headless: boolean): Slot {
  const head = headless && number === 1
  const part = head ? { title: headTitle(departmentName), roles: ['department-head'] as const, ...SECTION_HEAD } : { title: '科员', roles: ['clerk'] as const, ...CLERK }
  return { ...part, key: `${unitKey}/more-${number}`, unitKey, organisationKey: unitKey.split('/')[0] ?? '', kind: '主职', order: head ? 60 : 100 + number }
}
