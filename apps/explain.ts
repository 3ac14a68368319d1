import { Failure } from '#kit/failure.ts'
import { fill } from '#kit/words.ts'
import { SettingsError } from '#platform/config/server/settings.ts'
import { DatabaseFailure } from '#platform/db/server/embedded/failure.ts'
import { MigrationError } from '#platform/db/server/migration-plan.ts'
import { services } from './services.ts'

/** Something the person at the terminal can mend; its message is Chinese and says how. */
export class OperatorError extends Error {
  override readonly name = 'OperatorError'
}

const words = Object.assign({}, ...services.map(({ errors }) => errors ?? {})) as NonNullable<(typeof services)[number]['errors']>

/** What people can mend themselves is said in a sentence; anything else keeps its stack for those who read logs. */
export function explain(error: unknown): string {
  if (error instanceof OperatorError || error instanceof SettingsError || error instanceof DatabaseFailure || error instanceof MigrationError) return error.message
  if (error instanceof Failure && words[error.code] !== undefined) return fill(words[error.code]?.text ?? '', error.details)
  const code = (error as { code?: string } | null)?.code ?? ''
  if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM') return `数据文件夹无法写入，请检查 DATA_DIR 及其权限（${code}）`
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === '53100') return `磁盘空间已满，请清理后重试（${code}）`
  if (/^(ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|28P01|3D000|28000|57P03)$/.test(code)) return `无法连接 DATABASE_URL 所指的数据库，请检查地址、账号和密码（${code}）`
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
