/** A reply with its enhanced status code (RFC 3463); some have none by rule. `chinese`: the same for clients that take UTF-8. */
export type Reply = { readonly code: number; readonly status: string | null; readonly text: string; readonly chinese?: string }

export const reply = (code: number, status: string | null, text: string): Reply => ({ code, status, text })

const printable = (text: string): string => text.replace(/[^\x20-\x7e]/g, '?').slice(0, 400)

/** A reply as it goes over the wire; `utf8`: the client takes more than ASCII (RFC 6531 3.7.4.2). */
export const replyLine = ({ code, status, text, chinese }: Reply, utf8 = false): string => `${code} ${status === null ? '' : `${status} `}${utf8 && chinese !== undefined ? `${chinese} / ` : ''}${printable(text)}\r\n`

/** Several lines under one code, as EHLO answers. */
export const replyLines = (code: number, lines: readonly string[]): string => lines.map((line, index) => `${code}${index === lines.length - 1 ? ' ' : '-'}${line}\r\n`).join('')

export const isPositive = ({ code }: Reply): boolean => code >= 200 && code < 400

export const replies = {
  ok: reply(250, '2.0.0', 'ok'),
  senderOk: reply(250, '2.1.0', 'sender ok'),
  recipientOk: reply(250, '2.1.5', 'recipient ok'),
  goAhead: reply(354, null, 'end data with <CR><LF>.<CR><LF>'),
  bye: reply(221, '2.0.0', 'bye'),
  help: reply(214, '2.0.0', 'see RFC 5321'),
  noVerify: reply(252, '2.5.0', 'send some mail, it will be tried'),
  startTls: reply(220, '2.0.0', 'ready to start TLS'),
  authenticated: reply(235, '2.7.0', 'authenticated'),
  unknown: reply(500, '5.5.2', 'command not recognized'),
  notHere: reply(502, '5.5.1', 'command not implemented'),
  syntax: reply(501, '5.5.4', 'syntax error in parameters'),
  longLine: reply(500, '5.5.6', 'line too long'),
  badLine: reply(500, '5.5.2', 'lines end with <CR><LF> and hold no control characters'),
  sequence: reply(503, '5.5.1', 'bad sequence of commands'),
  noGreeting: reply(503, '5.5.1', 'say hello first'),
  nested: reply(503, '5.5.1', 'sender already given'),
  noSender: reply(503, '5.5.1', 'MAIL first'),
  noRecipients: reply(554, '5.5.1', 'no valid recipients'),
  manyRecipients: reply(452, '4.5.3', 'too many recipients'),
  manyMessages: reply(421, '4.7.0', 'too many messages on one connection'),
  manyIdle: reply(421, '4.7.0', 'too many commands without a message'),
  manyErrors: reply(421, '4.7.0', 'too many errors'),
  slow: reply(421, '4.4.2', 'too long without a word'),
  closing: reply(421, '4.3.2', 'service shutting down'),
  tlsFirst: reply(530, '5.7.0', 'STARTTLS first'),
  signInFirst: reply(530, '5.7.0', 'authentication required'),
  noMechanism: reply(504, '5.5.4', 'mechanism not supported'),
  cancelled: reply(501, '5.7.0', 'authentication cancelled'),
  badResponse: reply(501, '5.5.2', 'response is no base64'),
  wrongPassword: reply(535, '5.7.8', 'user name or password is wrong'),
  manyPasswords: reply(421, '4.7.0', 'too many wrong passwords'),
  laterPassword: reply(454, '4.7.0', 'too many attempts, try again later'),
  badPath: reply(553, '5.1.3', 'address cannot be read'),
  badSender: reply(553, '5.1.7', 'sender address cannot be read'),
  needsUtf8: reply(553, '5.6.7', 'address needs SMTPUTF8'),
  badParameter: reply(555, '5.5.4', 'parameter not recognized'),
  tooLarge: reply(552, '5.3.4', 'message too large'),
  bareBreak: reply(550, '5.6.0', 'bare <CR> or <LF> in the message'),
  nul: reply(550, '5.6.0', 'NUL in the message'),
  longContentLine: reply(550, '5.6.0', 'line of the message too long'),
  largeHeader: reply(550, '5.6.0', 'header too large'),
  noMemory: reply(452, '4.3.1', 'busy, try again later'),
  trouble: reply(451, '4.3.0', 'internal error, try again later'),
} as const satisfies Readonly<Record<string, Reply>>
