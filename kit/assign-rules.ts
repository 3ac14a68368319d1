/**
 * Rules that find people by their place in the organisation, for flows of modules (`rule('org.head', { of: 'previous' })`) and for models of
 * BPMN (`{"by":{"kind":"rule","name":"org.head","with":{"of":"previous"}}}`). Their functions stand in `platform/workflow/assign`.
 */

/**
 * What an argument may be. `of`: from whom the rule looks — `initiator` (default), `previous` (whoever did the step before), `step:<node>`,
 * `field:<field>` (people or units of the form) or `unit:<id>`; a list: one of these words.
 */
export type ArgKind = 'of' | 'text' | 'number' | 'flag' | 'role' | 'rank' | 'post' | readonly string[]

export interface RuleArg {
  readonly label: string
  readonly kind: ArgKind
  readonly required?: true
}

export interface AssignRule {
  readonly title: string
  /** What it finds, for whoever chooses it. */
  readonly says: string
  readonly args: Readonly<Record<string, RuleArg>>
}

const of = { label: '相对于谁', kind: 'of' } as const
const role = { label: '角色', kind: 'role', required: true } as const

export const ASSIGN_RULES = {
  'org.head': { title: '所在部门负责人', says: '所在部门（单位）的负责人；部门没有负责人时逐级向上找；up 为再上几级', args: { of, up: { label: '再向上几级', kind: 'number' } } },
  'org.superior': { title: '直接上级', says: '由下而上第一位不是本人的负责人', args: { of } },
  'org.head-at': { title: '指定层级的负责人', says: '部门、单位或上级单位的负责人', args: { of, at: { label: '层级', kind: ['department', 'organisation', 'above'], required: true } } },
  'org.head-of-kind': { title: '指定类别单位的负责人', says: '由下而上第一个该类别单位的负责人', args: { of, kind: { label: '单位类别', kind: 'text', required: true } } },
  'org.heads-up': { title: '逐级负责人', says: '从所在部门逐级向上到本单位的各级负责人，由低到高；most 为最多几级', args: { of, most: { label: '最多几级', kind: 'number' } } },
  'org.overseer': { title: '分管领导', says: '分管所在部门的领导；没有时找分管上级部门或本单位的领导', args: { of } },
  'org.contact-leader': { title: '联系领导', says: '联系所在部门或单位的领导', args: { of } },
  'org.chief': { title: '主要领导', says: '所在单位的主要负责人', args: { of } },
  'org.deputies': { title: '班子副职', says: '所在单位主要负责人以外的领导', args: { of } },
  'org.acting-head': { title: '主持工作的负责人', says: '所在部门或单位中主持工作的人员', args: { of } },
  'org.office-head': { title: '办公室主任', says: '所在单位的办公室主任', args: { of } },
  'org.role-in-unit': { title: '部门内的角色', says: '所在部门中担任该角色的人员', args: { of, role } },
  'org.role-in-organisation': { title: '单位内的角色', says: '所在单位（含各部门）中担任该角色的人员', args: { of, role } },
  'org.role-in-district': { title: '全区的角色', says: '全区担任该角色的人员', args: { role } },
  'org.post': { title: '指定岗位', says: '现任该岗位的人员', args: { post: { label: '岗位', kind: 'post', required: true } } },
  'org.post-titled': { title: '职务名称', says: '所在单位（含各部门）中职务为该名称的人员', args: { of, title: { label: '职务名称', kind: 'text', required: true } } },
  'org.members': { title: '部门成员', says: '所在部门的全部人员；below 含下级部门', args: { of, below: { label: '含下级部门', kind: 'flag' } } },
  'org.rank': { title: '职级不低于', says: '所在单位（含各部门）中领导职务或职级不低于该级的人员', args: { of, rank: { label: '职级', kind: 'rank', required: true } } },
  'org.liaison': { title: '联络员', says: '每个单位的联络员；没有设联络员的，找收文员，再没有的找办公室主任', args: { of } },
  'org.duty': { title: '值班人员', says: '所在单位当天的值班人员', args: { of } },
} as const satisfies Readonly<Record<string, AssignRule>>

export type AssignRuleName = keyof typeof ASSIGN_RULES

type ValueOf<K> = K extends readonly (infer T)[] ? T : K extends 'number' ? number : K extends 'flag' ? boolean : string
type ArgsOf<A extends Readonly<Record<string, RuleArg>>> =
  { readonly [K in keyof A as A[K] extends { readonly required: true } ? K : never]: ValueOf<A[K]['kind']> }
  & { readonly [K in keyof A as A[K] extends { readonly required: true } ? never : K]?: ValueOf<A[K]['kind']> }
/** Arguments of a rule, checked where it is written. */
export type RuleArgs<N extends AssignRuleName> = ArgsOf<(typeof ASSIGN_RULES)[N]['args']>

export const isOrgRule = (name: string): name is AssignRuleName => Object.hasOwn(ASSIGN_RULES, name)

const isOf = (text: string): boolean => text === 'initiator' || text === 'previous' || /^(?:step|field|unit):.+$/u.test(text)

function fits(kind: ArgKind, value: unknown): boolean {
  if (typeof kind !== 'string') return typeof value === 'string' && kind.includes(value)
  if (kind === 'number') return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 20
  if (kind === 'flag') return typeof value === 'boolean'
  return typeof value === 'string' && value !== '' && (kind !== 'of' || isOf(value))
}

/** What is wrong with a rule by name and arguments, in Chinese; empty for rules of modules, whose arguments are their own. */
export function ruleProblems(name: string, args: Readonly<Record<string, unknown>>): readonly string[] {
  if (!isOrgRule(name)) return name.startsWith('org.') ? [`没有“${name}”这一办理人规则`] : []
  const rule: AssignRule = ASSIGN_RULES[name]
  const missing = Object.entries(rule.args).filter(([key, arg]) => arg.required === true && args[key] === undefined)
  const unknown = Object.keys(args).filter((key) => rule.args[key] === undefined)
  const wrong = Object.entries(rule.args).filter(([key, arg]) => args[key] !== undefined && !fits(arg.kind, args[key]))
  return [
    ...missing.map(([key, arg]) => `规则“${rule.title}”缺少参数“${arg.label}”（${key}）`), ...unknown.map((key) => `规则“${rule.title}”没有参数“${key}”`),
    ...wrong.map(([key, arg]) => `规则“${rule.title}”的参数“${arg.label}”（${key}）有误`),
  ]
}

/** The form field from which a rule looks, or null. */
export function fieldOfRule(args: Readonly<Record<string, unknown>>): string | null {
  const { of: from } = args
  return typeof from === 'string' && from.startsWith('field:') ? from.slice('field:'.length) : null
}

/** The step from whose doers a rule looks, or null. */
export function stepOfRule(args: Readonly<Record<string, unknown>>): string | null {
  const { of: from } = args
  return typeof from === 'string' && from.startsWith('step:') ? from.slice('step:'.length) : null
}
