import { ApiFailure, isForbidden, isMissing, isOffline } from '#ui/api/failure.ts'

/** What happened, in a few words. */
export function failureTitle(error: unknown): string {
  if (isOffline(error)) return '网络不通'
  if (isMissing(error)) return '没有找到'
  if (isForbidden(error)) return '没有权限'
  return '没有加载成功'
}

/** Number to quote to the operators; empty when the server was not reached. */
export const quotedNumber = (error: unknown): string => (error instanceof ApiFailure ? error.requestId : '')
