import type { Actor } from '#kit/context.ts'
import { Failure } from '#kit/failure.ts'
import { Identity } from '#platform/identity/contract.ts'
import { Org } from '#platform/org/contract.ts'
import { serveImap } from '../../imap/serve.ts'
import { ownerOf } from '../../store/server/accounts.ts'
import { StoredAccount } from '../../store/server/imap-account.ts'
import { mailParts } from '../../store/server/parts.ts'
import { authenticate, scramAccount, type SignedIn } from '../../store/server/authenticate.ts'
import { type Guest, isLoopback } from '../../wire/guests.ts'
import { type ImapAccount, Refusal, type ImapStore } from '../../imap/store.ts'
import type { MailParts } from '../../store/server/parts.ts'
import type { ListenerParts, MailServer } from './listener.ts'

/** Whether a client at this address may sign in without TLS. */
export const mayLoginPlainly = ({ listening: { plainLogin } }: ListenerParts, { address }: Guest): boolean => plainLogin === 'on' || (plainLogin === 'loopback' && isLoopback(address))

/** The password fits several people of one name: the address tells them apart. */
function ambiguous(error: unknown): never {
  if (error instanceof Failure && error.code === 'mail.login.ambiguous') throw new Refusal('AUTHENTICATIONFAILED', 'several people have this name: sign in with the mail address')
  throw error
}

/** The person of an account in her main post: who stands in the audit. */
const actorOf = ({ runtime }: MailParts, accountId: string): Promise<Actor | null> =>
  runtime.query(null, async (ctx) => {
    const personId = await ownerOf(ctx, accountId)
    const post = personId === null ? undefined : (await ctx.use(Org).mainPosts([personId])).get(personId)
    return post === undefined ? null : ctx.use(Identity).actorInPost(post.id)
  })

/** Accounts as one connection may enter them. */
function storeFor(parts: MailParts, guest: Guest, scram: boolean): ImapStore {
  const enter = (known: SignedIn | null): ImapAccount | null => {
    if (known === null) return null
    if (!guest.knownAs(known.accountId)) throw new Refusal('LIMIT', 'too many connections of this account')
    return new StoredAccount(parts, known.accountId, known.name, { actor: () => actorOf(parts, known.accountId), address: guest.address })
  }
  return {
    login: async (login, password) => enter(await authenticate(parts.runtime, { login, password, protocol: 'imap', address: guest.address }).catch(ambiguous)),
    ...(scram && {
      async scram(login: string) {
        const { passwords, ...account } = await scramAccount(parts.runtime, { login, protocol: 'imap', address: guest.address })
        return { ...account, passwords: passwords.map((one) => ({ ...one, found: async () => enter(await one.found()) })) }
      },
    }),
  }
}

export const imapServer: MailServer = {
  role: 'imap',
  ports: [{ id: 'imap', title: 'IMAP', setting: 'IMAP_PORT', secure: false }, { id: 'imaps', title: 'IMAPS', setting: 'IMAPS_PORT', secure: true }],
  async open(parts) {
    const shared = mailParts(parts.runtime)
    const log = (error: unknown): void => parts.runtime.log.error({ err: error }, 'an IMAP session failed')
    return {
      serve: () => (socket, guest) => serveImap(socket, { store: storeFor(shared, guest, parts.listening.scram === true), tls: parts.tls, plainLogin: mayLoginPlainly(parts, guest), log }),
      close: async () => undefined,
    }
  },
}
