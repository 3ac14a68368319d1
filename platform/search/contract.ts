import { contract } from '#kit/context.ts'

export interface SearchHit {
  readonly entity: string
  readonly id: string
  readonly title: string
  /** Part of the text around the match. */
  readonly snippet: string
  readonly at: string
}

export interface SearchService {
  /** (Re)writes the searchable text of a record; visibility comes from the record's own. */
  index(entity: string, id: string, permission: string, title: string, text: string, at: Date): Promise<void>
  remove(entity: string, id: string): Promise<void>
  /** Only what the actor may see, best and newest first. */
  find(query: string, options?: { entity?: string; limit?: number }): Promise<readonly SearchHit[]>
}

export const Search = contract<SearchService>('search')
