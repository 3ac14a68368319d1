import { Failure } from '#kit/failure.ts'
import { servePop } from '../../pop3/serve.ts'
import { type PopAccount, PopRefusal, type PopStore } from '../../pop3/store.ts'
import { authenticate, scramAccount, type SignedIn } from '../../store/server/authenticate.ts'
import { popAccount } from '../../store/server/maildrop.ts'
import { type MailParts, mailParts } from '../../store/server/parts.ts'
import type { Guest } from '../../wire/guests.ts'
import { mayLoginPlainly } from './imap.ts'
import type { MailServer } from './listener.ts'

/** The password fits several people of one name: the address tells them apart. */
function ambiguous(error: unknown): never {
  if (error instanceof Failure && error.code === 'mail.login.ambiguous') throw new PopRefusal('several people have this name: sign in with the mail address')
  throw error
}

/** Maildrops as one connection may enter them. */
function storeFor(parts: MailParts, guest: Guest, scram: boolean): PopStore {
  const enter = (known: SignedIn | null): PopAccount | null => {
    if (known === null) return null
    if (!guest.knownAs(known.accountId)) throw new PopRefusal('too many connections of this account')
    return popAccount(parts, known.accountId, guest.address)
  }
  return {
    login: async (login, password) => enter(await authenticate(parts.runtime, { login, password, protocol: 'pop', address: guest.address }).catch(ambiguous)),
    ...(scram && {
      async scram(login: string) {
        const { passwords, ...account } = await scramAccount(parts.runtime, { login, protocol: 'pop', address: guest.address })
        return { ...account, passwords: passwords.map((one) => ({ ...one, found: async () => enter(await one.found()) })) }
      },
    }),
  }
}

export const popServer: MailServer = {
  role: 'pop',
  ports: [{ id: 'pop3', title: 'POP3', setting: 'POP3_PORT', secure: false }, { id: 'pop3s', title: 'POP3S', setting: 'POP3S_PORT', secure: true }],
  async open(parts) {
    const shared = mailParts(parts.runtime)
    const log = (error: unknown): void => parts.runtime.log.error({ err: error }, 'a POP3 session failed')
    return {
      serve: () => (socket, guest) => servePop(socket, { store: storeFor(shared, guest, parts.listening.scram === true), tls: parts.tls, plainLogin: mayLoginPlainly(parts, guest), log }),
      close: async () => undefined,
    }
  },
}
