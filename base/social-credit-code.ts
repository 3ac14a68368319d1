/** 统一社会信用代码 (GB 32100-2015): 18 characters, the 9th to 17th an organisation code (GB 11714-1997), the last a check digit. */
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const CODE = /^[1-9A-Y][1-9]\d{6}[0-9A-HJ-NP-RTUW-Y]{10}$/
const ORGANISATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2]

function organisationCheck(eight: string): string {
  const sum = [...eight].reduce((total, character, index) => total + Number.parseInt(character, 36) * (ORGANISATION_WEIGHTS[index] ?? 0), 0)
  const check = (11 - (sum % 11)) % 11
  return check === 10 ? 'X' : String(check)
}

function codeCheck(seventeen: string): string {
  let [sum, weight] = [0, 1]
  for (const character of seventeen) {
    sum += ALPHABET.indexOf(character) * weight
    weight = (weight * 3) % 31
  }
  return ALPHABET[(31 - (sum % 31)) % 31] ?? ''
}

/**
 * Completes a code with both check digits.
 * @param head registering office, kind of body and division: 11 + 310105 for an organ of Changning
 * @param eight the first eight characters of the organisation code
 */
export function socialCreditCode(head: string, eight: string): string {
  const seventeen = `${head}${eight}${organisationCheck(eight)}`
  return `${seventeen}${codeCheck(seventeen)}`
}

export const isSocialCreditCode = (text: string): boolean => CODE.test(text) && socialCreditCode(text.slice(0, 8), text.slice(8, 16)) === text
