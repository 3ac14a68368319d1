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

export type PostKind = '主职' | '兼任' | '挂职' | '借调' | '主持工作'

/** One person in one post of one unit (主职, 兼任, 挂职, 借调, 主持工作). */
export interface Post {
  readonly id: string
  readonly personId: string
  readonly personName: string
  readonly unitId: string
  readonly unitName: string
  readonly organisationId: string
  readonly title: string
  readonly kind: PostKind
  /** One integer order over 领导职务 and 职级; lower is higher. */
  readonly level: number
  readonly main: boolean
}

export interface PersonHit extends Post {
  readonly organisationName: string
  readonly phone: string | null
}

/** A role in the hands of a person, and the unit from which its scope is measured. */
export interface Grant {
  readonly role: string
  readonly unitId: string
  readonly organisationId: string
}

/** Where a role is given: with one post, or, without `postId`, in every post of the person. */
export interface GrantOrder {
  readonly personId: string
  readonly postId?: string
  readonly role: string
  readonly unitId: string
  /** Last day, civil date. */
  readonly validTo?: string
}

/** A whole directory, or a part of one, as seeds and imports bring it. Parents may come in any order. */
export interface Directory {
  readonly units: readonly {
    readonly id: string; readonly parentId: string | null; readonly name: string; readonly shortName: string; readonly kind: UnitKind
    readonly isOrganisation: boolean; readonly docCode?: string | null
    /** 统一社会信用代码 or the district's own. */
    readonly code?: string | null; readonly order: number
  }[]
  readonly people: readonly { readonly id: string; readonly name: string; readonly phone?: string | null; readonly officePhone?: string | null }[]
  readonly posts: readonly {
    readonly id: string; readonly personId: string; readonly unitId: string; readonly title: string; readonly kind: PostKind
    /** The post people act in after signing in; one for each person. */
    readonly main: boolean
    /** 领导职务 and 职级: codes of `data/ranks.ts`. */
    readonly dutyRank: string | null; readonly gradeRank: string | null
    /** Place in the order of the district's leaders; left out for everybody else. */
    readonly leaderOrder?: number; readonly order: number
    /** First and last day, civil dates. */
    readonly from: string; readonly to: string | null
  }[]
  readonly oversight: readonly { readonly personId: string; readonly unitId: string; readonly relation: '分管' | '联系' }[]
  readonly grants: readonly GrantOrder[]
}

export interface OrgService {
  unit(id: string): Promise<Unit | undefined>
  /** Ancestors of a unit up to the district, nearest first, itself included. */
  lineage(unitId: string): Promise<readonly Unit[]>
  children(parentId: string | null, options?: { organisationsOnly?: boolean }): Promise<readonly Unit[]>
  organisations(): Promise<readonly Unit[]>
  /** Posts of a person that are valid today, main post first. */
  posts(personId: string): Promise<readonly PersonHit[]>
  post(postId: string): Promise<PersonHit | undefined>
  /** Posts valid today, by their ids; unknown ones and those that are over are left out. */
  postsById(postIds: readonly string[]): Promise<ReadonlyMap<string, PersonHit>>
  /** Post valid today in which a person stands first, by person; those without one are left out. */
  mainPosts(personIds: readonly string[]): Promise<ReadonlyMap<string, PersonHit>>
  /** People holding a role in a unit (or anywhere below it), in display order. */
  holders(role: string, unitId: string, options?: { below?: boolean }): Promise<readonly Post[]>
  /** Leaders in charge of a unit (分管), or in contact with it (联系), in display order. */
  overseers(unitId: string, relation?: '分管' | '联系'): Promise<readonly Post[]>
  /** Members of a unit in display order: leaders, then posts, then rank. */
  members(unitId: string, options?: { below?: boolean }): Promise<readonly Post[]>
  /** Everybody whose main post is in an organisation, its departments included but no organisation below it, in display order, however many. */
  staff(organisationId: string): Promise<readonly Post[]>
  /** By name, pinyin, initials, phone or unit; best match first. */
  searchPeople(query: string, options?: { within?: string; limit?: number }): Promise<readonly PersonHit[]>
  searchUnits(query: string, options?: { organisationsOnly?: boolean; limit?: number }): Promise<readonly Unit[]>
  /** These people in display order; unknown ones come last. */
  inOrder(personIds: readonly string[]): Promise<readonly string[]>
  /** Names for ids of people, posts and units, for whole pages at once; unknown ids are left out. */
  names(ids: readonly string[]): Promise<Readonly<Record<string, string>>>
  /** Ids of people whose full name or mobile number is exactly this text; for signing in. */
  identify(text: string): Promise<readonly string[]>
  /** Roles in a post, those that hold in every post of the person included. */
  grants(postId: string): Promise<readonly Grant[]>
  /** Ends with 409 `org.role.separated` when the person would join two of the three administrations, or one of them and business. */
  grant(order: GrantOrder): Promise<void>
  revoke(order: Omit<GrantOrder, 'validTo'>): Promise<void>
  /** Notes that the actor chose these posts, for `recent`. */
  chosen(postIds: readonly string[]): Promise<void>
  /** Posts the actor chose lately, last one first. */
  recent(): Promise<readonly PersonHit[]>
  /** Adds units, people, posts, oversight and grants at once. */
  load(directory: Directory): Promise<void>
  addUnit(unit: Directory['units'][number]): Promise<void>
  /** Keeps the former name in the unit's history. */
  renameUnit(id: string, name: string, shortName: string): Promise<void>
  /** Moves a unit with all below it. Ends with 422 `org.unit.cycle` when the new parent lies below it. */
  moveUnit(id: string, parentId: string): Promise<void>
  /**
   * Closes a unit: with a successor (合并) its departments and posts go over to it, without one it must be empty (409 `org.unit.not-empty`).
   */
  closeUnit(id: string, successorId?: string): Promise<void>
}

export const Org = contract<OrgService>('org')

/** Event: units stand in another place of the tree; those below a moved one are named too. */
export const UNIT_MOVED = 'org.unit.moved'
export interface UnitMoved {
  readonly unitIds: readonly string[]
}

/** Event: units, people, posts or roles are others than before; whoever mirrors the directory looks again. */
export const DIRECTORY_CHANGED = 'org.changed'
