import { contract } from '#kit/context.ts'

export type UnitKind =
  | '党委' | '人大' | '政府' | '政协' | '纪委监委' | '法检' | '人民团体' | '街道镇' | '事业单位' | '内设机构' | '临时机构'

export interface Unit {
  readonly id: string
  readonly parentId: string | null
  /** Full official name, as on a document's head: 上海市长宁区应急管理局. */
  readonly name: string
  /** As officials say it: 区应急局. */
  readonly shortName: string
  readonly kind: UnitKind
  readonly isOrganisation: boolean
  /** The organisation it belongs to: itself, when it is one. */
  readonly organisationId: string
  /** 机关代字, organisations that issue documents only: 长应急. */
  readonly docCode: string | null
  readonly order: number
}

/** One person in one post of one unit (主职, 兼任, 挂职, 借调, 主持工作). */
export interface Post {
  readonly id: string
  readonly personId: string
  readonly personName: string
  readonly unitId: string
  readonly unitName: string
  readonly organisationId: string
  readonly title: string
  readonly kind: string
  /** One integer order over 领导职务 and 职级; lower is higher. */
  readonly level: number
  readonly main: boolean
}

export interface PersonHit extends Post {
  readonly organisationName: string
  readonly phone: string | null
}

export interface OrgService {
  unit(id: string): Promise<Unit | undefined>
  /** Ancestors of a unit up to the district, nearest first, itself included. */
  lineage(unitId: string): Promise<readonly Unit[]>
  children(parentId: string | null, options?: { organisationsOnly?: boolean }): Promise<readonly Unit[]>
  organisations(): Promise<readonly Unit[]>
  /** Posts of a person that are valid today, main post first. */
  posts(personId: string): Promise<readonly Post[]>
  post(postId: string): Promise<Post | undefined>
  /** People holding a role in a unit (or anywhere below it), in display order. */
  holders(role: string, unitId: string, options?: { below?: boolean }): Promise<readonly Post[]>
  /** Leaders in charge of a unit (分管), in display order. */
  overseers(unitId: string): Promise<readonly Post[]>
  /** Members of a unit in display order: leaders, then posts, then rank. */
  members(unitId: string, options?: { below?: boolean }): Promise<readonly Post[]>
  /** By name, pinyin, initials, phone or unit; best match first. */
  searchPeople(query: string, options?: { within?: string; limit?: number }): Promise<readonly PersonHit[]>
  searchUnits(query: string, options?: { organisationsOnly?: boolean; limit?: number }): Promise<readonly Unit[]>
  /** Names for ids of people, posts and units, for whole pages at once; unknown ids are left out. */
  names(ids: readonly string[]): Promise<Readonly<Record<string, string>>>
}

export const Org = contract<OrgService>('org')
