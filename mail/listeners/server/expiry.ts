import type { ServerContext } from '#platform/db/server/context.ts'
import { fill } from '#kit/words.ts'
import { namesOf } from '../pem.ts'
import { listenerWords } from '../words.ts'
import { shownCertificate } from './certificate.ts'
import { tellOperators } from './operators.ts'

const DAY = 86_400_000
/** Days before the end on which the people who run the system are told; afterwards daily. */
const DAYS_LEFT = [30, 14, 7, 3, 2, 1]

/** Tells the administrators of a certificate that is about to end. One of our own is made anew by itself. */
export async function warnOfExpiry(ctx: ServerContext): Promise<void> {
  const shown = await shownCertificate(ctx)
  if (shown === null || shown.source === 'own') return
  const days = Math.floor((shown.certificate.validToDate.getTime() - ctx.now.getTime()) / DAY)
  if (days > 0 && !DAYS_LEFT.includes(days)) return
  await tellOperators(ctx, {
    title: days > 0 ? fill(listenerWords.expiring, { date: shown.certificate.validToDate.toISOString().slice(0, 10) }) : listenerWords.expired,
    text: fill(listenerWords.expiringText, { names: namesOf(shown.certificate).slice(0, 5).join('、'), days: Math.max(0, days) }),
  })
}
