import type { Runtime } from '#platform/registry/server/runtime.ts'
import type { Reply } from '../../smtp/replies.ts'
import type { SmtpService } from '../../smtp/service.ts'
import { reasonOf } from '../reasons.ts'
import { count } from './counters.ts'

/** What is refused after a message was read and is written down nowhere else. */
const UNTRACED = /DMARC|too many hops|no room on|filter of contents|cannot be scanned/

/** The same service; what it refuses before a message is taken is counted by reason. */
export function countedService(runtime: Runtime, service: SmtpService): SmtpService {
  const noted = (reply: Reply | null): Reply | null => {
    if (reply !== null && reply.code >= 400) count(runtime, 'door', reasonOf({ text: reply.text, status: reply.status ?? '' }))
    return reply
  }
  return {
    ...service,
    sender: async (...given) => noted(await service.sender(...given)),
    recipient: async (...given) => noted(await service.recipient(...given)),
    refused(reply, { address }) {
      noted(reply)
      runtime.log.info({ address, reply: reply.text }, 'a message was refused for its octets')
    },
    async message(...given) {
      const answer = await service.message(...given)
      for (const reply of answer.replies) if (UNTRACED.test(reply.text)) noted(reply)
      return answer
    },
  }
}
