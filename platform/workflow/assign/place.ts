import type { OrgService, Post } from '#platform/org/contract.ts'

/** What the rules ask the organisation; every answer is of the day the rule runs. */
export interface Place extends Pick<OrgService, 'unit' | 'lineage' | 'holders' | 'overseers' | 'members'> {
  postsById(postIds: readonly string[]): Promise<ReadonlyMap<string, Post>>
  mainPosts(personIds: readonly string[]): Promise<ReadonlyMap<string, Post>>
  /** Whoever is on duty today in an organisation. */
  onDuty(organisationId: string): Promise<readonly Post[]>
}

/** From whom a rule looks: a unit, and the person there if it is one. */
export interface Subject {
  readonly unitId: string
  readonly personId: string | null
}

/** A post found, and as what: 办公室负责人. */
export interface Found {
  readonly post: Post
  readonly as: string
}

export type Args = Readonly<Record<string, string | number | boolean>>

/** Finds people as seen from one subject. */
export type RuleFunction = (place: Place, subject: Subject, args: Args) => Promise<readonly Found[]>
