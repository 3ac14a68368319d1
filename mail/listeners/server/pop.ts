import { servePop } from '../../pop3/serve.ts'
import { type PopAccount, PopRefusal, type PopStore } from '../../pop3/store.ts'
import { authenticate } from '../../store/server/authenticate.ts'
import { popAccount } from '../../store/server/maildrop.ts'
import { type MailParts, mailParts } from '../../store/server/parts.ts'
import type { Guest } from '../../wire/guests.ts'
import { mayLoginPlainly } from './imap.ts'
import type { MailServer } from './listener.ts'

/** Maildrops as one connection may enter them. */
function storeFor(parts: MailParts, guest: Guest): PopStore {
  return {
    async login(name, password): Promise<PopAccount | null> {
      const known = await authenticate(parts.runtime, { login: name, password, protocol: 'pop', address: guest.address })
      if (known === null) return null
      if (!guest.knownAs(known.accountId)) throw new PopRefusal('too many connections of this account')
      return popAccount(parts, known.accountId, guest.address)
    },
  }
}

export const popServer: MailServer = {
  role: 'pop',
  ports: [{ id: 'pop3', title: 'POP3', setting: 'POP3_PORT', secure: false }, { id: 'pop3s', title: 'POP3S', setting: 'POP3S_PORT', secure: true }],
  async open(parts) {
    const shared = mailParts(parts.runtime)
    const log = (error: unknown): void => parts.runtime.log.error({ err: error }, 'a POP3 session failed')
    return {
      serve: () => (socket, guest) => servePop(socket, { store: storeFor(shared, guest), tls: parts.tls, plainLogin: mayLoginPlainly(parts, guest), log }),
      close: async () => undefined,
    }
  },
}
