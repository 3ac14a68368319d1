import { serveImap } from '../../imap/serve.ts'
import { imapAccount } from '../../store/server/imap-account.ts'
import { mailParts } from '../../store/server/parts.ts'
import { authenticate } from '../../store/server/authenticate.ts'
import { type Guest, isLoopback } from '../../wire/guests.ts'
import { Refusal, type ImapStore } from '../../imap/store.ts'
import type { MailParts } from '../../store/server/parts.ts'
import type { ListenerParts, MailServer } from './listener.ts'

/** Whether a client at this address may sign in without TLS. */
export const mayLoginPlainly = ({ listening: { plainLogin } }: ListenerParts, { address }: Guest): boolean => plainLogin === 'on' || (plainLogin === 'loopback' && isLoopback(address))

/** Accounts as one connection may enter them. */
function storeFor(parts: MailParts, guest: Guest): ImapStore {
  return {
    async login(name, password) {
      const known = await authenticate(parts.runtime, { login: name, password, protocol: 'imap', address: guest.address })
      if (known === null) return null
      if (!guest.knownAs(known.accountId)) throw new Refusal('LIMIT', 'too many connections of this account')
      return imapAccount(parts, known.accountId, known.name)
    },
  }
}

export const imapServer: MailServer = {
  role: 'imap',
  ports: [{ id: 'imap', title: 'IMAP', setting: 'IMAP_PORT', secure: false }, { id: 'imaps', title: 'IMAPS', setting: 'IMAPS_PORT', secure: true }],
  async open(parts) {
    const shared = mailParts(parts.runtime)
    const log = (error: unknown): void => parts.runtime.log.error({ err: error }, 'an IMAP session failed')
    return {
      serve: () => (socket, guest) => serveImap(socket, { store: storeFor(shared, guest), tls: parts.tls, plainLogin: mayLoginPlainly(parts, guest), log }),
      close: async () => undefined,
    }
  },
}
