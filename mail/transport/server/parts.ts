import type { ServerContext } from '#platform/db/server/context.ts'
import type { Runtime } from '#platform/registry/server/runtime.ts'
import { hostOf } from '../../listeners/server/certificate.ts'
import type { MessageStore } from '../../store/server/octets.ts'
import { mailBlobs } from '../../store/server/parts.ts'
import type { Handed } from '../contract.ts'
import type { Arrival } from './arrival/check.ts'
import { type Door, openDoor } from './arrival/intake.ts'
import type { Failed } from '../replies.ts'
import type { Target } from './resolve.ts'
import { type Scan, scanOf } from './scan/scanners.ts'

/** What a policy decides about one recipient: goes on, waits for somebody's word, or goes back. */
export type Decision = 'pass' | { readonly hold: string } | { readonly refuse: Failed }

/** Decides for each end of the recipients of a message, in their order, in the transaction that takes it. */
export type Policy = (ctx: ServerContext, handed: Handed, targets: readonly Target[]) => Promise<readonly Decision[]>

/** Places at which tests end a process; in production nothing happens there. */
export type Point = 'blob-written' | 'blob-kept' | 'rows-written' | 'committed' | 'queue-claimed' | 'queue-sent' | 'queue-settled'

/** What the transport of a process works with. */
export type TransportParts = {
  readonly runtime: Runtime
  readonly blobs: MessageStore
  /** Our name towards other servers. */
  readonly host: string
  readonly policy: Policy
  /** What is found about mail from outside before it is taken. */
  readonly arrival: Arrival
  readonly door: Door
  /** What is in it: viruses, spam. */
  readonly scan: Scan
  readonly at: (point: Point) => Promise<void>
}

const passAll: Policy = async (_ctx, _handed, targets) => targets.map(() => 'pass')

export function transportParts(runtime: Runtime, given: Partial<Omit<TransportParts, 'runtime'>> = {}): TransportParts {
  return { runtime, blobs: mailBlobs(runtime), host: hostOf(runtime), policy: passAll, arrival: async () => null, door: openDoor, scan: scanOf(runtime), at: async () => undefined, ...given }
}
