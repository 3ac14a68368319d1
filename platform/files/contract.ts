import { contract } from '#kit/context.ts'

export interface FileInfo {
  readonly id: string
  readonly name: string
  readonly size: number
  /** SHA-256 of the content, under which it is kept once. */
  readonly hash: string
  /** By content, not by what the sender claimed. */
  readonly mime: string
  readonly createdAt: string
  /** Person; null for files made by the system. */
  readonly createdBy: string | null
}

export interface FilesService {
  /** Keeps bytes made by the system (a typeset PDF) as a file of the actor. */
  create(name: string, mime: string, bytes: Uint8Array): Promise<FileInfo>
  /** In the order asked for; unknown ids are left out. Does not ask whether the actor may see them. */
  info(ids: readonly string[]): Promise<readonly FileInfo[]>
  /** The content, whole: for code that has checked the right and needs few megabytes. Ends with 404 `files.missing`. */
  read(id: string): Promise<Uint8Array>
  /** Whether the actor may read the file: its owner until it is bound, then whoever sees a record it is bound to. */
  mayRead(id: string): Promise<boolean>
  /**
   * Binds files to a record: whoever sees the record may then read them. A file may be bound to several. Ends with 422 `files.not-yours` for
   * files the actor may not read.
   */
  attach(ids: readonly string[], object: { type: string; id: string; permission: string }): Promise<void>
  detach(ids: readonly string[], object: { type: string; id: string }): Promise<void>
}

export const Files = contract<FilesService>('files')
