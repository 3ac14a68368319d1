import type { Socket } from 'node:net'
import { Failure } from '#kit/failure.ts'
import type { Intake } from '#platform/config/contract.ts'
import { within } from '#platform/config/server/networks.ts'
import type { SaslStore } from '../../sasl/sasl.ts'
import { Memory } from '../../smtp/memory.ts'
import { serveSmtp } from '../../smtp/serve.ts'
import { type Account, type Kind, SignInLater } from '../../smtp/service.ts'
import { authenticate, scramAccount, type SignedIn } from '../../store/server/authenticate.ts'
import { arrivalChecks, isNear } from '../../transport/server/arrival/check.ts'
import { door } from '../../transport/server/arrival/intake.ts'
import { type Answered, noteAnswered } from '../../transport/server/answered.ts'
import { transportParts, type TransportParts } from '../../transport/server/parts.ts'
import { systemDns } from '../../transport/server/queue/dns.ts'
import { hostOf } from './certificate.ts'
import { countedService } from '../../statistics/server/counted-service.ts'
import { smtpService } from '../../transport/server/smtp-service.ts'
import type { Guest } from '../../wire/guests.ts'
import type { PortId } from '../contract.ts'
import { mayLoginPlainly } from './imap.ts'
import type { ListenerParts, MailServer, Hosted } from './listener.ts'

const KINDS: Partial<Readonly<Record<PortId, Kind>>> = { smtp: 'mx', submission: 'submission', smtps: 'submission', lmtp: 'lmtp' }

/** A password that fits several people of one name lets nobody in: SMTP has no word for it. */
function ambiguous(error: unknown): null {
  if (error instanceof Failure && error.code === 'mail.login.ambiguous') return null
  throw error
}

/** Accounts as one connection may sign in to them. */
function accountsFor({ runtime, listening: { scram = false } }: ListenerParts, guest: Guest): SaslStore<Account> {
  const from = { protocol: 'smtp', address: guest.address } as const
  const enter = (login: string, known: SignedIn | null): Account | null => {
    if (known !== null && !guest.knownAs(known.accountId)) throw new SignInLater()
    return known === null ? null : { id: known.accountId, login }
  }
  return {
    login: async (login, password) => enter(login, await authenticate(runtime, { login, password, ...from }).catch(ambiguous)),
    ...(scram && {
      async scram(login: string) {
        const { passwords, ...account } = await scramAccount(runtime, { login, ...from })
        return { ...account, passwords: passwords.map((one) => ({ ...one, found: async () => enter(login, await one.found()) })) }
      },
    }),
  }
}

const INTAKE: Intake = { dmarc: 'junk', clientRate: 0, accountRate: 0, greylist: 0, gateways: [] }

type Shared = { readonly parts: ListenerParts; readonly transport: TransportParts; readonly answered: Answered; readonly memory: Memory; readonly mayHandOver: (address: string) => boolean }

function serve({ parts, transport, answered, memory, mayHandOver }: Shared, kind: Kind, socket: Socket, guest: Guest): Hosted {
  const { runtime } = parts
  // Local delivery asks nobody who he is, so it is for gateways and machines of the house.
  if (kind === 'lmtp' && !mayHandOver(guest.address)) socket.destroy()
  const log = (error: unknown): void => runtime.log.error({ err: error }, 'an SMTP session failed')
  return serveSmtp(socket, guest.address, countedService(runtime, smtpService(transport, () => accountsFor(parts, guest), answered)), { kind, name: transport.host, tls: parts.tls, plainLogin: mayLoginPlainly(parts, guest), log }, memory)
}

export const smtpServer: MailServer = {
  role: 'smtp',
  ports: [
    { id: 'smtp', title: 'SMTP', setting: 'SMTP_PORT', secure: false },
    { id: 'submission', title: 'SUBMISSION', setting: 'SUBMISSION_PORT', secure: false },
    { id: 'smtps', title: 'SMTPS', setting: 'SMTPS_PORT', secure: true },
    { id: 'lmtp', title: 'LMTP', setting: 'LMTP_PORT', secure: false },
  ],
  async open(parts) {
    const answered = noteAnswered(parts.runtime)
    const { intake = INTAKE } = parts.listening
    const isGateway = within(intake.gateways)
    const mayHandOver = (address: string): boolean => isNear(address) || isGateway(address)
    const arrival = arrivalChecks(parts.runtime, { dns: systemDns, host: hostOf(parts.runtime), dmarc: intake.dmarc, isGateway })
    const shared: Shared = { parts, transport: transportParts(parts.runtime, { arrival, door: door(parts.runtime, intake, mayHandOver) }), answered, memory: new Memory(), mayHandOver }
    return { serve: (id) => (socket, guest) => serve(shared, KINDS[id] ?? 'mx', socket, guest), close: () => answered.stop() }
  },
}
