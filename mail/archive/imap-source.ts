import { ImapFlow } from 'imapflow'
import type { Archived } from './format.ts'

export type ImapSource = { readonly host: string; readonly port: number; readonly secure: boolean; /** Where TLS does not begin with the first octet: `starttls` insists on it, `none` goes without; unset: when it is offered. */ readonly upgrade?: 'starttls' | 'none'; readonly user: string; readonly password: string; /** Only for servers whose certificate nobody has signed. */ readonly anyCertificate: boolean }

/** What a mailbox of the other server holds, for the comparison at the end. */
export type Counted = { readonly mailbox: string; readonly messages: number; readonly octets: number }

/** Special uses under the names they have here (RFC 6154). */
const HERE: Readonly<Record<string, string>> = { '\\Inbox': 'INBOX', '\\Sent': '已发送', '\\Drafts': '草稿箱', '\\Trash': '已删除', '\\Junk': '垃圾邮件', '\\Archive': '归档' }

const PATIENCE_MS = 60_000

const opened = async (source: ImapSource): Promise<ImapFlow> => {
  const { host, port, secure, upgrade, user, password, anyCertificate } = source
  const client = new ImapFlow({ host, port, secure, auth: { user, pass: password }, logger: false, tls: { rejectUnauthorized: !anyCertificate }, ...(upgrade !== undefined && { doSTARTTLS: upgrade === 'starttls' }), greetingTimeout: PATIENCE_MS, socketTimeout: PATIENCE_MS })
  // What goes wrong is told by the command under way.
  client.on('error', () => undefined)
  await client.connect()
  return client
}

type Listed = { readonly path: string; readonly here: string }

async function mailboxesOf(client: ImapFlow): Promise<readonly Listed[]> {
  const all = (await client.list()).filter(({ flags }) => !flags.has('\\Noselect') && !flags.has('\\NonExistent'))
  return all.map(({ path, delimiter, specialUse }) => ({ path, here: HERE[specialUse ?? ''] ?? path.split(delimiter || '/').join('/') }))
}

/** How far mailboxes of the other server have been read already; UIDs count while the validity is the same (RFC 9051 2.3.1.1). */
export type Start = (path: string, validity: string) => number

/** A message with its place at the other server. */
export type Fetched = Archived & { readonly path: string; readonly validity: string; readonly uid: number }

/** How many messages all mailboxes of an account have together, and whether it lets us in at all. */
export async function countImap(source: ImapSource): Promise<number> {
  const client = await opened(source)
  try {
    let total = 0
    for (const { path } of await mailboxesOf(client)) {
      const status = await client.status(path, { messages: true })
      total += status === false ? 0 : (status.messages ?? 0)
    }
    return total
  } finally {
    await client.logout().catch(() => undefined)
  }
}

/** Everything of an account on another server, one message in memory at a time; `counted` hears of each mailbox when it is through. */
export async function* readImap(source: ImapSource, counted: (one: Counted) => void, start: Start = () => 0): AsyncGenerator<Fetched> {
  const client = await opened(source)
  try {
    for (const { path, here } of await mailboxesOf(client)) {
      const lock = await client.getMailboxLock(path, { readOnly: true })
      let [messages, octets] = [0, 0]
      try {
        const validity = client.mailbox === false ? '' : String(client.mailbox.uidValidity)
        const after = start(path, validity)
        const uids = await client.search(after === 0 ? { all: true } : { uid: `${after + 1}:*` }, { uid: true })
        // A range that ends in * always has the last message.
        for (const uid of Array.isArray(uids) ? uids.filter((one) => one > after).toSorted((a, b) => a - b) : []) {
          const one = await client.fetchOne(String(uid), { source: true, flags: true, internalDate: true }, { uid: true })
          // Deleted there in the meantime.
          if (one === false || one.source === undefined) continue
          messages++
          octets += one.source.length
          yield { path, validity, uid, mailbox: here, raw: one.source, flags: [...(one.flags ?? [])].filter((flag) => flag !== '\\Recent'), internalAt: one.internalDate === undefined ? null : new Date(one.internalDate).getTime() }
        }
      } finally {
        lock.release()
      }
      counted({ mailbox: here, messages, octets })
    }
  } finally {
    await client.logout().catch(() => undefined)
  }
}
