/** Marks of state secrets as GB/T 9704-2012, 7.2.2 prints them: 机密★1年, 绝密★. 工作秘密 and 商业秘密 are no state secrets. */
const STARRED = /(?<!工作|商业)(绝密|机密|秘密)[★☆⭐](长期|\d{1,2}年)?/u
/** The mark alone on a line, as on documents without a term. */
const ALONE = /^(绝密|机密|秘密)(长期|\d{1,2}年)?$/u
/** The mark stands in the head of the first page: copy number, mark, urgency, issuing organ. */
const HEAD_LINES = 8

/**
 * The mark of a state secret in the text of a document's first page, or null. This is a non-classified system: such a document must not be
 * stored (保守国家秘密法 2024, art. 31).
 */
export function findSecrecyMark(firstPage: string): string | null {
  const lines = firstPage.normalize('NFKC').split(/\r?\n|\r/).map((line) => line.replaceAll(/\s/gu, '')).filter((line) => line !== '')
  const starred = STARRED.exec(lines.join('\n'))?.[0]
  return starred ?? lines.slice(0, HEAD_LINES).find((line) => ALONE.test(line)) ?? null
}
