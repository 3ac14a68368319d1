/** Words before a subject that say it is an answer or was passed on (RFC 5256 5), and what Chinese clients write in their place. */
const LEADER = /^(?:\[[^[\]]*\]\s*)*(?:re|fwd?|回复|答复|转发)\s*(?:\[[^[\]]*\]\s*)?[:：]\s*/i
const BLOB = /^\[[^[\]]*\]\s*/
const TRAILER = /\s*\(fwd\)\s*$/i
const FORWARDED = /^\[fwd:([\s\S]*)\]$/i
/** Rounds that a subject made to be slow may cost. */
const MOST_ROUNDS = 100

export type BaseSubject = { readonly base: string; readonly isReply: boolean }

/** The subject by which messages are sorted and threaded (RFC 5256 2.1), of a decoded one. */
export function baseSubject(subject: string): BaseSubject {
  let text = subject.replace(/\s+/g, ' ').trim()
  let isReply = false
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const start = text
    while (TRAILER.test(text)) {
      text = text.replace(TRAILER, '')
      isReply = true
    }
    if (LEADER.test(text)) {
      text = text.replace(LEADER, '')
      isReply = true
    }
    const without = text.replace(BLOB, '')
    if (without !== '') text = without
    const inner = FORWARDED.exec(start)?.[1]
    if (inner !== undefined) {
      text = inner.trim()
      isReply = true
    }
    if (text === start) break
  }
  return { base: text, isReply }
}
