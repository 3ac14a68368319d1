import type { DmarcWay } from '#platform/config/contract.ts'
import { type Failed, failed } from '../replies.ts'

/** Results of RFC 8601 2.7. */
export type Result = 'none' | 'neutral' | 'pass' | 'fail' | 'softfail' | 'policy' | 'temperror' | 'permerror'

/** What was found about a message from outside when it came; kept with its submission. */
export type Verdict = {
  readonly spf: { readonly result: Result; readonly domain: string }
  readonly dkim: readonly { readonly result: Result; readonly domain: string; readonly selector: string }[]
  /** `policy`: what the author's domain asks for when it fails (RFC 9989). */
  readonly dmarc: { readonly result: Result; readonly domain: string; readonly policy: 'none' | 'quarantine' | 'reject' }
  /** Whether the seals of servers that checked it before us hold (RFC 8617). */
  readonly arc: Result
  /** Our domain that the author's imitates. */
  readonly imitates: string | null
  readonly action: Action
}

export type Action = 'pass' | 'junk' | 'reject'

/**
 * What to do with a message. A domain that asks for nothing is not followed; one that imitates ours is never trusted. A chain of seals changes nothing:
 * anybody can seal what he likes.
 */
export function actionOf({ dmarc, imitates }: Pick<Verdict, 'dmarc' | 'imitates'>, way: DmarcWay): Action {
  if (way === 'record') return 'pass'
  if (imitates !== null) return 'junk'
  if (dmarc.result !== 'fail' || dmarc.policy === 'none') return 'pass'
  return way === 'policy' && dmarc.policy === 'reject' ? 'reject' : 'junk'
}

export const rejection: Failed = failed(550, '5.7.1', 'not accepted: the policy of the domain of its author refuses it (DMARC)')
