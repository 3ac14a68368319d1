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
  readonly createdBy: string | null
}

export interface FilesService {
  /** Keeps bytes made by the system (a typeset PDF) as a file. */
  create(name: string, mime: string, bytes: Uint8Array): Promise<FileInfo>
  info(ids: readonly string[]): Promise<readonly FileInfo[]>
  read(id: string): Promise<Uint8Array>
  /** Binds files to a record: whoever sees the record may then read them. Ends with 422 `files.not-yours` for files of others that are not bound yet. */
  attach(ids: readonly string[], object: { type: string; id: string; permission: string }): Promise<void>
  detach(ids: readonly string[], object: { type: string; id: string }): Promise<void>
}

export const Files = contract<FilesService>('files')
