import type { ContentLimits } from './content.ts'

/** What one client may take. Times are ms (RFC 5321 4.5.3). */
export type SmtpLimits = {
  readonly content: ContentLimits
  /** Octets of the header of a message. */
  readonly header: number
  /** Octets of a command with its CR LF. */
  readonly command: number
  readonly recipients: number
  readonly messages: number
  readonly errors: number
  /** Commands that lead to no message, one after the other. */
  readonly idle: number
  readonly passwords: number
  /** For one command, and for a message from DATA to its end. */
  readonly commandTime: number
  readonly messageTime: number
  /** Without any message. */
  readonly idleTime: number
  /** Octets of messages that all connections together keep in memory, and those of one address; loopback is whatever is in front and has no share of its own. */
  readonly memory: number
  readonly share: number
}

export const smtpLimits: SmtpLimits = {
  content: { message: 52_428_800, line: 1_000_000 },
  header: 1_048_576,
  command: 2_048,
  recipients: 1_000,
  messages: 1_000,
  errors: 20,
  idle: 1_000,
  passwords: 3,
  commandTime: 5 * 60_000,
  messageTime: 15 * 60_000,
  idleTime: 30 * 60_000,
  memory: 1_073_741_824,
  share: 268_435_456,
}
