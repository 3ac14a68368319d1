import type { ScanFailure } from '#platform/config/contract.ts'
import type { ClamdAnswer } from '../../scan/clamd.ts'
import type { RspamdAnswer } from '../../scan/rspamd.ts'
import type { Failed } from '../replies.ts'

/** What the scanners said: `large` is more than they are shown, `down` no answer, null not asked. */
export type Found = { readonly clamd: ClamdAnswer | 'down' | null; readonly rspamd: RspamdAnswer | 'large' | 'down' | null }

/** What is done with a message by its contents. `detail` is told in the trace of each recipient. */
export type Scanned = { readonly refused: Failed | null; readonly junk: boolean; readonly detail: Readonly<Record<string, unknown>> }
export const unscanned: Scanned = { refused: null, junk: false, detail: {} }

const infected = (virus: string): Failed => ({ code: 554, status: '5.7.1', text: `not accepted: infected (${virus})`, chinese: '邮件含有病毒，未予接收，请查杀后再发' })
const SPAM: Failed = { code: 554, status: '5.7.1', text: 'not accepted: it looks like spam', chinese: '邮件被判定为垃圾邮件，未予接收' }
const LATER: Failed = { code: 451, status: '4.7.1', text: 'the filter of contents asks to try again later', chinese: '邮件需稍后再发' }
const DOWN: Failed = { code: 451, status: '4.7.1', text: 'contents cannot be scanned now, try again later', chinese: '暂时无法查毒，请稍后再发' }

/** A virus weighs more than spam, what is refused for good more than what may come again. */
export function judged({ clamd, rspamd }: Found, onFailure: ScanFailure): Scanned {
  if (typeof clamd === 'object' && clamd !== null) return { refused: infected(clamd.virus), junk: false, detail: { virus: clamd.virus } }
  const { action = 'pass', score } = typeof rspamd === 'object' && rspamd !== null ? rspamd : {}
  const detail = { scan: { ...(clamd !== null && { clamd }), ...(rspamd !== null && { rspamd }) }, ...((action === 'reject' || action === 'junk') && { spam: score }) }
  if (action === 'reject') return { refused: SPAM, junk: false, detail }
  if (onFailure === 'later' && (clamd === 'down' || rspamd === 'down')) return { refused: DOWN, junk: false, detail }
  return action === 'later' ? { refused: LATER, junk: false, detail } : { refused: null, junk: action === 'junk', detail }
}
