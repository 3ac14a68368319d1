import { Notify } from '#platform/notify/contract.ts'
import { Org } from '#platform/org/contract.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { fill } from '#kit/words.ts'
import { namesOf } from '../pem.ts'
import { listenerWords } from '../words.ts'
import { shownCertificate } from './certificate.ts'

const DAY = 86_400_000
/** Days before the end on which the people who run the system are told; afterwards daily. */
const DAYS_LEFT = [30, 14, 7, 3, 2, 1]
const ROLES = ['system-admin', 'ops'] as const

/** Tells the administrators of a certificate that is about to end. One of our own is made anew by itself. */
export async function warnOfExpiry(ctx: ServerContext): Promise<void> {
  const shown = await shownCertificate(ctx)
  if (shown === null || shown.source === 'own') return
  const days = Math.floor((shown.certificate.validToDate.getTime() - ctx.now.getTime()) / DAY)
  if (days > 0 && !DAYS_LEFT.includes(days)) return
  const org = ctx.use(Org)
  const roots = await org.children(null)
  const posts = await Promise.all(roots.flatMap(({ id }) => ROLES.map((role) => org.holders(role, id, { below: true }))))
  await ctx.use(Notify).tell([...new Set(posts.flat().map(({ personId }) => personId))], {
    kind: 'system', title: days > 0 ? fill(listenerWords.expiring, { date: shown.certificate.validToDate.toISOString().slice(0, 10) }) : listenerWords.expired,
    text: fill(listenerWords.expiringText, { names: namesOf(shown.certificate).slice(0, 5).join('、'), days: Math.max(0, days) }), link: '/mail/admin?part=servers',
  })
}
