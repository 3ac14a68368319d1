import { isIP } from 'node:net'

/** A client of a server, by what that server wrote about it. */
export type Client = { readonly address: string; readonly helo: string }

/** Lines looked at: a message passes few servers of the house. */
const MOST_LINES = 10
const LONGEST = 1_000

const addressIn = (literal: string | undefined): string | null => {
  const address = (literal ?? '').replace(/^IPv6:/i, '').replace(/^::ffff:(?=\d+\.)/i, '')
  return isIP(address) === 0 ? null : address
}

/**
 * The client in a `Received` line (RFC 5321 4.4): the address that the server saw stands in parentheses, with Exim before them when the client's own
 * name is in them; that name is what the client likes.
 */
function clientIn(line: string): Client | null {
  const [, name = '', comment = ''] = /^from\s+(\S+)\s+\(([^()]*)/i.exec(line.slice(0, LONGEST)) ?? []
  const [, told] = /^(?:port=\d+ )?helo=(\S+)/i.exec(comment) ?? []
  const [, seen] = told === undefined ? (/^(?:\S+\s+)?\[([^[\]]+)\]/.exec(comment) ?? [null, comment.trim()]) : (/^\[([^[\]]+)\]/.exec(name) ?? [])
  const address = addressIn(seen)
  return address === null ? null : { address, helo: told ?? /\shelo=(\S+)/i.exec(comment)?.[1] ?? name }
}

/** Who handed a message to our own servers: lines from the top, as long as they tell of servers that are ours; null when that cannot be told. */
export function behind(received: readonly string[], isOurs: (address: string) => boolean): Client | null {
  for (const line of received.slice(0, MOST_LINES)) {
    const client = clientIn(line)
    if (client === null || !isOurs(client.address)) return client
  }
  return null
}
