import type { Intake } from '#platform/config/contract.ts'
import type { Runtime } from '#platform/registry/server/runtime.ts'
import { type Reply, reply } from '../../../smtp/replies.ts'
import type { Peer } from '../../../smtp/service.ts'
import { Buckets } from '../../arrival/bucket.ts'
import { isNear } from './check.ts'
import { isPatient } from './greylist.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** How much comes in at once, and from whom; each answer says that trying later helps. */
export type Door = {
  /** Before a message begins. */
  sender(peer: Peer): Reply | null
  /** Before each recipient. */
  recipient(sender: string, recipient: string, peer: Peer): Promise<Reply | null>
}

export const openDoor: Door = { sender: () => null, recipient: async () => null }

/** Limits by client and by account, and greylisting where it is set; machines of the house and its gateways are not limited. */
export function door(runtime: Runtime, { clientRate, accountRate, greylist }: Omit<Intake, 'dmarc' | 'gateways'>, near: (address: string) => boolean = isNear): Door {
  const clock = (): number => runtime.clock().getTime()
  const clients = new Buckets({ most: clientRate, ms: MINUTE }, clock)
  const accounts = new Buckets({ most: accountRate, ms: HOUR }, clock)
  return {
    sender: ({ kind, address }) => (kind !== 'mx' || near(address) || clients.take(address) ? null : reply(450, '4.7.1', 'too many messages from your address, try again in a minute')),
    async recipient(sender, recipient, { kind, address, account }) {
      if (account !== null) return accounts.take(account.id) ? null : reply(450, '4.7.1', 'too many recipients within an hour, try again later')
      if (greylist === 0 || kind !== 'mx' || near(address)) return null
      const patient = await runtime.command(null, (ctx) => isPatient(ctx, { address, sender, recipient }, greylist))
      return patient ? null : reply(451, '4.7.1', 'not known yet, try again in some minutes')
    },
  }
}
