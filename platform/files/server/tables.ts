import type { FileWire } from '#kit/wire/others.ts'
import type { FileInfo } from '../contract.ts'

export interface FileRow {
  id: string
  hash: string
  name: string
  /** bigint: text in JavaScript. */
  size: string
  mime: string
  created_at: Date
  created_by: string | null
  organisation_id: string | null
}

export interface FileTables {
  files_blob: { hash: string; size: string; touched_at: Date }
  files_file: FileRow
  files_binding: { file_id: string; object_type: string; object_id: string; permission: string; bound_at: Date }
}

export const infoOf = ({ id, hash, name, size, mime, created_at, created_by }: FileRow): FileInfo =>
  ({ id, name, size: Number(size), hash, mime, createdAt: created_at.toISOString(), createdBy: created_by })

export const wireOf = ({ id, name, size, mime, createdAt, createdBy }: FileInfo): FileWire => ({ id, name, size, mime, createdAt, createdBy })
