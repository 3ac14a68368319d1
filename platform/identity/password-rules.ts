import type { PasswordRules } from './settings.ts'

const KINDS = [/[A-Z]/, /[a-z]/, /\d/, /[^A-Za-z\d\s]/]

/** argon2 takes any length; this keeps a request from costing more than one hash. */
const LONGEST = 128
/** Beginnings of account, name in pinyin or phone that a password must not hold. */
const SHORTEST_PERSONAL = 4

/** Passwords that every list of guesses starts with, by what is left of them without digits and signs. */
const COMMON = new Set(['password', 'passw', 'admin', 'qwerty', 'qwertyuiop', 'asdfgh', 'welcome', 'changning', 'shanghai', 'abc', 'abcd', 'pwd', 'test', 'root'])

const onlyLetters = (text: string): string => text.replaceAll(/[^a-z]/g, '')

/** As typed, and with the usual replacements taken back: Admin@123, P@ssw0rd. */
const isCommon = (folded: string): boolean => COMMON.has(onlyLetters(folded)) || COMMON.has(onlyLetters(folded.replaceAll('0', 'o').replaceAll('@', 'a')))

/** What is wrong with a new password, in Chinese, or null. `personal`: account, phone and the like. */
export function weakness(rules: PasswordRules, password: string, personal: readonly string[]): string | null {
  const length = [...password].length
  if (length < rules.minLength) return `密码至少 ${rules.minLength} 位`
  if (length > LONGEST) return `密码不能超过 ${LONGEST} 位`
  const kinds = KINDS.filter((kind) => kind.test(password)).length
  if (kinds < rules.kinds) return `密码须包含大写字母、小写字母、数字、符号中的至少 ${rules.kinds} 类`
  const folded = password.toLowerCase()
  if (personal.some((text) => text.length >= SHORTEST_PERSONAL && folded.includes(text.toLowerCase()))) return '密码不能包含账号、手机号等个人信息'
  if (isCommon(folded) || new Set(folded).size < 5) return '密码过于常见，容易被猜到，请换一个'
  return null
}
