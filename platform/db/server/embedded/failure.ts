/** Why the embedded database cannot run; `exitCode` follows sysexits(3) so that service managers can tell the cases apart. */
const exitCodes = {
  'unsupported-system': 78,
  'missing-binaries': 69,
  'folder-unwritable': 73,
  'folder-unreachable': 77,
  'foreign-owner': 77,
  'disk-full': 74,
  'port-in-use': 71,
  'other-version': 78,
  'already-running': 75,
  'start-failed': 70,
} as const

export type DatabaseFailureKind = keyof typeof exitCodes

/** A start that failed for a reason the operator can remove; `message` is Chinese and says what to do. */
export class DatabaseFailure extends Error {
  readonly kind: DatabaseFailureKind
  readonly exitCode: number

  constructor(kind: DatabaseFailureKind, message: string, cause?: unknown) {
    super(message, { cause })
    this.name = 'DatabaseFailure'
    this.kind = kind
    this.exitCode = exitCodes[kind]
  }
}

const errorCode = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '')

/** Turns a file system error on `folder` into a failure; anything unknown is passed on unchanged. */
export function folderFailure(folder: string, error: unknown): unknown {
  switch (errorCode(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new DatabaseFailure('disk-full', `磁盘空间不足，无法写入 ${folder}。请清理磁盘，或用 DATA_DIR 指定另一块磁盘上的文件夹。`, error)
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'ENOENT': // what a recursive mkdir reports on a read-only disk
      return new DatabaseFailure('folder-unwritable', `数据文件夹 ${folder} 不可写。请修改它的权限，或用 DATA_DIR 指定可写的文件夹。`, error)
    case 'ENOTDIR':
    case 'EEXIST':
      return new DatabaseFailure('folder-unwritable', `${folder} 不是文件夹。请移走这个文件，或用 DATA_DIR 指定另一个位置。`, error)
    default:
      return error
  }
}

const symptoms: readonly (readonly [RegExp, DatabaseFailureKind, (port: number) => string])[] = [
  [/No space left on device|Disk quota exceeded/, 'disk-full', () => '磁盘空间不足，数据库无法启动。请清理数据文件夹所在的磁盘后重新启动。'],
  [/Address already in use|could not bind/, 'port-in-use', (port) => `端口 ${port} 已被其他程序占用。请停止占用它的程序，或换一个端口。`],
  [/Read-only file system/, 'folder-unwritable', () => '数据文件夹所在的磁盘是只读的，数据库无法启动。请以可写方式挂载后重新启动。'],
  [/database files are incompatible/, 'other-version', () => '数据文件夹由另一个版本的 PostgreSQL 创建，无法直接使用。请用原版本备份后再导入。'],
  [/Permission denied/, 'folder-unwritable', () => '数据库无权读写数据文件夹。请检查文件夹的所有者与权限。'],
]

/** Reads the last lines PostgreSQL wrote before it gave up and names the cause. */
export function outputFailure(lines: readonly string[], port: number): DatabaseFailure {
  const text = lines.join('\n')
  const known = symptoms.find(([pattern]) => pattern.test(text))
  if (known) return new DatabaseFailure(known[1], `${known[2](port)}\n${text}`)
  return new DatabaseFailure('start-failed', `内置数据库没有启动成功，它最后的输出是：\n${text || '（没有输出）'}`)
}
