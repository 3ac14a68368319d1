import { contract } from '#kit/context.ts'

/** A record as rules see it, whoever asks. */
export interface RuleRecord {
  readonly id: string
  readonly entity: string
  readonly number: string | null
  readonly title: string
  readonly state: string
  readonly values: Readonly<Record<string, unknown>>
  readonly createdBy: string
  readonly createdPost: string
  readonly unitId: string
  readonly organisationId: string
  readonly createdAt: Date
  readonly version: number
  readonly caseId: string | null
}

/** Whose a record is, for records that the system opens on somebody's behalf (a document received by an organisation). */
export interface Owner {
  readonly organisationId: string
  readonly unitId: string
  readonly personId: string
  readonly postId: string
}

/** A change made by a rule: no field policy and no version check, but revision, title, files and search all the same. */
export interface RuleChange {
  readonly values?: Readonly<Record<string, unknown>>
  readonly state?: string
  readonly number?: string
  readonly caseId?: string
}

export interface HandInOptions {
  /** Start event of the published flow that occurs; the flow's own start unless told. */
  readonly at?: string
}

/** For rules, flows and modules; people come through the routes of `/api/records`. */
export interface RecordsService {
  /** The record without asking who may see it; 404 `records.missing`. */
  rule(entity: string, id: string): Promise<RuleRecord>
  /** Ends with 404 `records.missing` when the actor may not see it. */
  visible(entity: string, id: string): Promise<RuleRecord>
  /** The actor's record these values would make, for previews; nothing is written. */
  imagine(entity: string, values: Readonly<Record<string, unknown>>): Promise<RuleRecord>
  /** A change by the actor, as in the pages: sight, rights to write each field, and 409 `records.stale` unless `version` is the current one. */
  update(entity: string, id: string, values: Readonly<Record<string, unknown>>, version: number): Promise<void>
  set(entity: string, id: string, change: RuleChange): Promise<RuleRecord>
  /** Writes a record of somebody else's, already in use and visible to its owners. */
  open(entity: string, values: Readonly<Record<string, unknown>>, owner: Owner): Promise<RuleRecord>
  /** Opens a record as the actor and hands it in at once: the same rights and checks as in the pages. */
  handIn(entity: string, values: Readonly<Record<string, unknown>>, options?: HandInOptions): Promise<RuleRecord>
  /** Every value as an official reads it, by field, for prints; does not ask who may see the record. */
  texts(entity: string, id: string): Promise<Readonly<Record<string, string>>>
  /** Values of one field over time, oldest first. */
  history(entity: string, id: string, field: string): Promise<readonly { version: number; at: Date; personId: string | null; value: unknown }[]>
}

export const Records = contract<RecordsService>('records')
