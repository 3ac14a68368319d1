import type { AccountState } from '../store/contract.ts'
import { foreignName } from '../store/namespaces.ts'
import { mailboxText } from './commands/names.ts'
import { type Notice, noticesOf } from './notices.ts'
import { NOTHING, type NotifySpec } from './notify-spec.ts'
import { accountOf, type Notifying, type Session } from './session.ts'
import { statusText } from './status-items.ts'
import type { Numbered } from './view.ts'

/** Notices at once beyond which a client is told to look for itself (RFC 5465 5.8). */
const MOST_NOTICES = 500
/** How long a session leaves out what it did itself. */
const OWN_MS = 5_000

export const NOWHERE: AccountState = { version: '', mailboxes: [], annotations: [], isSubscribedElsewhere: false }

/** Whether mailboxes of other accounts may be meant: those are looked for with every change, one's own are read for all sessions of an account together. */
export const isWide = ({ groups }: NotifySpec, { isSubscribedElsewhere }: AccountState): boolean =>
  groups.some(({ filter }) => (filter.kind === 'subscribed' ? isSubscribedElsewhere : (filter.kind === 'subtree' || filter.kind === 'mailboxes') && filter.names.some((name) => foreignName(name) !== null)))

export function noticeText(session: Session, notice: Notice): string {
  if (notice.kind === 'status') return `* STATUS ${mailboxText(session, notice.mailbox.name)} (${statusText(notice.mailbox, notice.items)})\r\n`
  if (notice.kind === 'metadata') return `* METADATA ${mailboxText(session, notice.name)} ${notice.entries.join(' ')}\r\n`
  const { mailbox, children, oldName } = notice
  const attributes = [
    ...(mailbox === null ? ['\\NonExistent'] : []), children ? '\\HasChildren' : '\\HasNoChildren',
    ...(mailbox === null || mailbox.special === null ? [] : [`\\${mailbox.special}`]), ...(mailbox?.subscribed === true ? ['\\Subscribed'] : []),
  ]
  return `* LIST (${attributes.join(' ')}) "/" ${mailboxText(session, notice.name)}${oldName === null ? '' : ` ("OLDNAME" (${mailboxText(session, oldName)}))`}\r\n`
}

/** Tells one session what it asked for with NOTIFY. It holds what was told last; whatever happens meanwhile is told as one step, so that slow clients wait for nothing but the last. */
export class Notifier implements Notifying {
  readonly #spec: NotifySpec
  readonly #session: Session
  readonly #tellMessages: (members: readonly Numbered[]) => Promise<void>
  #isWide: boolean
  #told: AccountState
  #now: AccountState | null = null
  #waiting = false
  #own = new Map<string, number>()
  #watched = ''
  #unwatch: () => void = () => undefined

  /** `state`: how things stood when the client asked, beyond the account itself where the groups are wide. */
  constructor(session: Session, spec: NotifySpec, state: AccountState, tellMessages: (members: readonly Numbered[]) => Promise<void>) {
    this.#session = session
    this.#spec = spec
    this.#tellMessages = tellMessages
    this.#isWide = isWide(spec, state)
    this.#told = state
    if (spec.groups.length === 0 && !spec.server) this.#told = NOWHERE
    else this.#watch()
  }

  get selected() {
    return this.#spec.selected
  }

  tellNew(members: readonly Numbered[]): Promise<void> {
    return this.#tellMessages(members)
  }

  did(...causes: readonly string[]): void {
    const now = performance.now()
    for (const [old, at] of this.#own) if (now - at > OWN_MS) this.#own.delete(old)
    for (const one of causes) this.#own.set(one, now)
  }

  stop(): void {
    this.#unwatch()
    this.#unwatch = () => undefined
  }

  #watch(): void {
    const account = accountOf(this.#session)
    if (!this.#isWide) {
      this.#unwatch = account.watchOwn(this.#told.version, (state) => {
        this.#now = state
        this.#tellSoon()
      })
      return
    }
    const owners = [...new Set([account.id, ...this.#told.mailboxes.map(({ accountId }) => accountId)])].toSorted()
    if (owners.join() === this.#watched) return
    this.stop()
    this.#watched = owners.join()
    this.#unwatch = account.watchAll(owners, () => this.#tellSoon())
  }

  #tellSoon(): void {
    if (this.#waiting) return
    this.#waiting = true
    this.#session.soon(() => {
      this.#waiting = false
      return this.#tell()
    })
  }

  async #tell(): Promise<void> {
    const session = this.#session
    if (session.notifier !== this) return
    if (!this.#isWide && this.#now !== null && isWide(this.#spec, this.#now)) this.#isWide = true
    const [before, after] = [this.#told, this.#isWide ? await accountOf(session).state() : (this.#now ?? this.#told)]
    this.#told = after
    if (this.#isWide) this.#watch()
    const notices = this.#ofOthers(noticesOf(this.#spec, before, after, session.view?.mailboxId ?? null, session.enabled.has('CONDSTORE')))
    if (notices.length > MOST_NOTICES) return this.#giveUp()
    if (notices.length > 0) await session.send(notices.map((one) => noticeText(session, one)).join(''))
  }

  /** Without what this session did itself, once for each time it did it. */
  #ofOthers(notices: readonly Notice[]): readonly Notice[] {
    const since = performance.now() - OWN_MS
    const own = new Set([...this.#own].filter(([one, at]) => at > since && notices.some(({ cause }) => cause === one)).map(([one]) => one))
    for (const one of own) this.#own.delete(one)
    return notices.filter(({ cause }) => !own.has(cause))
  }

  async #giveUp(): Promise<void> {
    await this.#session.send('* OK [NOTIFICATIONOVERFLOW] too much happened at once; look for yourself and ask again\r\n')
    this.#session.notify(new Notifier(this.#session, NOTHING, NOWHERE, this.#tellMessages))
  }
}
