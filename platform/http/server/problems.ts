import type { z } from 'zod'

export interface FieldProblem {
  /** Dotted path of the field within the input. */
  readonly field: string
  readonly message: string
}

type Issue = z.core.$ZodIssue

function reason(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? '缺少' : '类型不对'
    case 'too_big':
      return `超过上限 ${String(issue.maximum)}`
    case 'too_small':
      return issue.origin === 'string' && issue.minimum === 1 ? '不能为空' : `低于下限 ${String(issue.minimum)}`
    case 'unrecognized_keys':
      return `含有不认识的项 ${issue.keys.join('、')}`
    case 'invalid_value':
      return '不是可选的值'
    default:
      return '格式不对'
  }
}

/** zod's findings in Chinese, each naming its field. A message written in the schema itself wins when it is Chinese. */
export function describeProblems(error: z.ZodError): FieldProblem[] {
  return error.issues.slice(0, 20).map((issue) => {
    const field = issue.path.map(String).join('.')
    const own = /[\u4e00-\u9fff]/.test(issue.message) ? issue.message : null
    return { field, message: own ?? `${field === '' ? '内容' : field} ${reason(issue)}` }
  })
}
