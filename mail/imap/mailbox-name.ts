/** Modified UTF-7 of mailbox names (RFC 3501 5.1.3), for clients that have not enabled UTF8=ACCEPT or IMAP4rev2. */
export function encodeMailboxName(name: string): string {
  return name.replace(/[^\x20-\x7e]+|&/g, (run) => (run === '&' ? '&-' : `&${encodeRun(run)}-`))
}

function encodeRun(run: string): string {
  const bytes = Buffer.from(run, 'utf16le').swap16()
  return bytes.toString('base64').replace(/=+$/, '').replaceAll('/', ',')
}

/** The name that a client wrote in modified UTF-7; null when it is no such thing. */
export function decodeMailboxName(written: string): string | null {
  if (/[^\x20-\x7e]/.test(written)) return null
  let failed = false
  const name = written.replace(/&([^-]*)(-|$)/g, (_, run: string, close: string) => {
    if (run === '' && close === '-') return '&'
    const decoded = close === '-' && /^[A-Za-z0-9+,]+$/.test(run) ? decodeRun(run) : null
    failed ||= decoded === null
    return decoded ?? ''
  })
  // Only the one canonical form is a name: else two names would look alike and be different.
  return failed || encodeMailboxName(name) !== written ? null : name
}

function decodeRun(run: string): string | null {
  const bytes = Buffer.from(run.replaceAll(',', '/'), 'base64')
  return bytes.length % 2 === 0 && bytes.length > 0 ? bytes.swap16().toString('utf16le') : null
}
