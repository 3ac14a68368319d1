import type { SaslStore } from '../../sasl/sasl.ts'
import { reply } from '../../smtp/replies.ts'
import type { Account, Answer, Envelope, Peer, SmtpService } from '../../smtp/service.ts'
import { isDiskFull } from '../../store/server/room.ts'
import { rejection } from '../arrival/verdict.ts'
import type { Handed, Taken } from '../contract.ts'
import { hopsOf } from '../header-lines.ts'
import { type Failed, failed } from '../replies.ts'
import type { Answered } from './answered.ts'
import { deliver, examine } from './deliver.ts'
import type { TransportParts } from './parts.ts'
import { findAddresses } from './resolve.ts'
import { maySendAs, submit } from './submit.ts'

const MOST_HOPS = 50

/** The transport as SMTP sessions see it. */
export function smtpService(parts: TransportParts, accounts: (peer: Peer) => SaslStore<Account>, answered: Answered): SmtpService {
  const { runtime } = parts
  return {
    accounts,
    async sender({ address }, peer) {
      const { kind, account } = peer
      const later = parts.door.sender(peer)
      if (later !== null) return later
      if (kind !== 'submission' || account === null || address === '') return null
      const may = await runtime.query(null, (ctx) => maySendAs(ctx, account.id, [address]))
      return may ? null : reply(553, '5.7.1', 'not allowed to send as this address')
    },
    async recipient({ address }, sender, peer) {
      const { kind } = peer
      const found = (await runtime.query(null, (ctx) => findAddresses(ctx, [address]))).get(address)
      if (found?.ours === true && found.account === null && found.list === null) return reply(550, '5.1.1', 'no such mailbox')
      if (found?.ours !== true && kind !== 'submission') return reply(550, '5.7.1', 'relaying denied')
      return parts.door.recipient(sender.address, found?.address ?? address, peer)
    },
    async message(envelope, raw, peer) {
      if (hopsOf(raw) > MOST_HOPS) return { replies: [reply(554, '5.4.6', 'too many hops')] }
      const taken = await take(parts, envelope, raw, peer).catch((error: unknown) => noRoom(parts, error))
      if ('refused' in taken) return { replies: [taken.refused] }
      return answerOf(taken, peer, answered)
    },
  }
}

/** A full disk is a passing trouble of ours. */
function noRoom({ runtime }: TransportParts, error: unknown): { readonly refused: Failed } {
  if (!isDiskFull(error)) throw error
  runtime.log.error({ err: error }, 'there is no room for a message')
  return { refused: failed(452, '4.3.1', 'no room on the server') }
}

async function take(parts: TransportParts, { sender, recipients }: Envelope, raw: Buffer, peer: Peer): Promise<Taken | { readonly refused: Failed }> {
  const handed: Omit<Handed, 'way' | 'accountId'> = {
    sender: sender.address, recipients, raw, envelopeId: sender.envelopeId, returns: sender.returns, utf8: sender.utf8, verdict: null,
    origin: { address: peer.address, helo: peer.helo, tls: peer.tls, protocol: protocolOf(sender.utf8, peer) },
  }
  if (peer.account !== null) return submit(parts, { ...handed, way: 'submission', accountId: peer.account.id })
  const outside: Handed = { ...handed, way: peer.kind === 'lmtp' ? 'lmtp' : 'smtp', accountId: null }
  const [verdict, examined] = await Promise.all([outside.way === 'smtp' ? parts.arrival(outside) : null, examine(parts, outside)])
  if ('refused' in examined) return examined
  if (verdict?.action === 'reject') return { refused: rejection }
  return deliver(parts, { ...outside, verdict }, { ...examined, junk: examined.junk || verdict?.action === 'junk' })
}

/** Protocol as trace lines name it (RFC 3848, RFC 6531). */
const protocolOf = (utf8: boolean, { kind, extended, tls, account }: Peer): string =>
  `${utf8 ? 'UTF8' : kind !== 'lmtp' && extended ? 'E' : ''}${kind === 'lmtp' ? 'LMTP' : 'SMTP'}${tls === null ? '' : 'S'}${account === null ? '' : 'A'}`

/** LMTP hears of each recipient; SMTP of all at once: who was refused alone is told by a report. */
function answerOf({ submissionId, outcomes }: Taken, { kind }: Peer, answered: Answered): Answer {
  const confirmed = (): void => answered.add(submissionId)
  if (kind === 'lmtp') return { replies: outcomes.map(perRecipient), confirmed }
  const good = outcomes.some(({ step }) => step !== 'refused')
  const [first] = outcomes
  return { replies: [good || first === undefined ? reply(250, '2.0.0', `ok ${submissionId}`) : first], confirmed }
}

/** A mailbox that is full today may have room tomorrow: whoever delivers locally keeps the message. */
const perRecipient = (outcome: Failed): Failed => (outcome.status === '5.2.2' ? failed(452, '4.2.2', outcome.text) : outcome)
