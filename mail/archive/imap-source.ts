import { ImapFlow } from 'imapflow'
import type { Archived } from './format.ts'

export type ImapSource = { readonly host: string; readonly port: number; readonly secure: boolean; readonly user: string; readonly password: string; /** Only for servers whose certificate nobody has signed. */ readonly anyCertificate: boolean }

/** What a mailbox of the other server holds, for the comparison at the end. */
export type Counted = { readonly mailbox: string; readonly messages: number; readonly octets: number }

/** Special uses under the names they have here (RFC 6154). */
const HERE: Readonly<Record<string, string>> = { '\\Inbox': 'INBOX', '\\Sent': '已发送', '\\Drafts': '草稿箱', '\\Trash': '已删除', '\\Junk': '垃圾邮件', '\\Archive': '归档' }

const opened = async (source: ImapSource): Promise<ImapFlow> => {
  const { host, port, secure, user, password, anyCertificate } = source
  const client = new ImapFlow({ host, port, secure, auth: { user, pass: password }, logger: false, tls: { rejectUnauthorized: !anyCertificate } })
  await client.connect()
  return client
}

type Listed = { readonly path: string; readonly here: string }

async function mailboxesOf(client: ImapFlow): Promise<readonly Listed[]> {
  const all = (await client.list()).filter(({ flags }) => !flags.has('\\Noselect') && !flags.has('\\NonExistent'))
  return all.map(({ path, delimiter, specialUse }) => ({ path, here: HERE[specialUse ?? ''] ?? path.split(delimiter || '/').join('/') }))
}

/** Everything of an account on another server, one message in memory at a time; `counted` hears of each mailbox when it is through. */
export async function* readImap(source: ImapSource, counted: (one: Counted) => void): AsyncGenerator<Archived> {
  const client = await opened(source)
  try {
    for (const { path, here } of await mailboxesOf(client)) {
      const lock = await client.getMailboxLock(path, { readOnly: true })
      let [messages, octets] = [0, 0]
      try {
        const uids = await client.search({ all: true }, { uid: true })
        for (const uid of Array.isArray(uids) ? uids : []) {
          const one = await client.fetchOne(String(uid), { source: true, flags: true, internalDate: true }, { uid: true })
          // Deleted there in the meantime.
          if (one === false || one.source === undefined) continue
          messages++
          octets += one.source.length
          yield { mailbox: here, raw: one.source, flags: [...(one.flags ?? [])].filter((flag) => flag !== '\\Recent'), internalAt: one.internalDate === undefined ? null : new Date(one.internalDate).getTime() }
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
