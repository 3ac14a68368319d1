/** One exchange of a script: what a session sends, and what it expects before it goes on, patterns of whole answers. */
export type Exchange = { readonly kind: 'exchange'; readonly session: string; readonly sends: readonly string[]; readonly expects: readonly string[] }
export type Step = Exchange | { readonly kind: 'reconnect' }

const isAnswer = (pattern: string): boolean => /^(?:\\\* |\\\+ |\.\*$|[A-Za-z0-9.]+ (?:OK|NO|BAD)\b|OK )/.test(pattern)

/** Reads a script of the suite: lines `C:` and `S:` of sessions, comments and waiting apart. Lines inside a literal belong to the answer before them. */
export function parseScript(text: string): readonly Step[] {
  const steps: Step[] = []
  let session = ''
  let current: { sends: string[]; expects: string[] } = { sends: [], expects: [] }
  const close = (): void => {
    if (current.sends.length + current.expects.length > 0) steps.push({ kind: 'exchange', session, ...current })
    current = { sends: [], expects: [] }
  }
  for (const line of text.split(/\r?\n/)) {
    const named = /^SESSION: *(\S+)/.exec(line)?.[1]
    if (named !== undefined || line.startsWith('REINIT')) close()
    if (named !== undefined) session = named
    if (line.startsWith('REINIT')) steps.push({ kind: 'reconnect' })
    if (line.startsWith('C:')) {
      if (current.expects.length > 0) close()
      current.sends.push(line.slice(3))
    }
    if (!line.startsWith('S:')) continue
    const pattern = line.slice(3)
    const last = current.expects.length - 1
    if (last >= 0 && !isAnswer(pattern)) current.expects[last] = `${current.expects[last] ?? ''}\r\n${pattern}`
    else current.expects.push(pattern)
  }
  close()
  return steps
}

const NAMING = /^\S+ (?:CREATE|DELETE|RENAME|LIST|LSUB|STATUS|SELECT|EXAMINE|APPEND|COPY|MOVE|UID COPY|UID MOVE|SUBSCRIBE|UNSUBSCRIBE) /i

/** A command with one blank where the grammar has one, and with `/` between the levels of names, where the suite's own server has a dot. */
export const slashed = (written: string): string => {
  const line = written.replace(/^(\S+ (?:UID )?STORE \S+) {2,}/i, '$1 ')
  return NAMING.test(line) ? line.replace(/(?<=\w)\.(?=[\w%*])(?=[^({]*(?:[({]|$))/g, '/').replace(/(?<=^\S{0,20})\//, '.') : line
}

/**
 * An expected answer as far as the protocol fixes it: words for people behind a status are free, `\Recent` is gone with IMAP4rev2, and the suite's server
 * has a dot between levels. Null: nothing to expect.
 */
export function normalised(pattern: string): string | null {
  if (/^\\\* (\\d\+|\d+|\.\*) RECENT/.test(pattern)) return null
  if (pattern.startsWith('\\+')) return '\\+.*'
  if (pattern.startsWith('OK ')) return '\\S+ OK.*'
  const status = /^(\\\*|[A-Za-z0-9.]+) (OK|NO|BAD|BYE)(?: (\(?\\\[.*\\\](?: ?\)\??)?|\\\[.*))?/.exec(pattern)
  if (status !== null) return `${status[1] ?? ''} ${status[2] ?? ''}${status[3] === undefined ? '' : ` ${status[3]}`}.*`.replace(/UIDVALIDITY \d{10}/, 'UIDVALIDITY \\d+').replace(/PERMANENTFLAGS .*/, 'PERMANENTFLAGS .*')
  const named = /^\\\* (?:LIST|LSUB|STATUS)/.test(pattern) ? pattern.replace(/\\?"\\?\.\\?"/, '"/"').replace(/(?<=\w)\\?\.(?=\w)/g, '/') : pattern
  // A text of several lines comes as a literal.
  if (pattern.startsWith('\\* METADATA')) return pattern.replace(/"([^"]*\r\n[^"]*)"/g, '\\{\\d+\\}\r\n$1')
  if (pattern.startsWith('\\* FLAGS')) return '\\* FLAGS .*'
  return named.replace(/(?<=[ \]>]){(\d+)\\?}(?=\r\n)/g, '\\{$1\\}').replace(/\\\{0\\?\}\r\n/g, '(?:NIL|\\{0\\}\\r\\n)').replace(/ ?\\\\Recent/g, '').replace(/\\\( /g, '\\(').replace(/UIDVALIDITY \d{10}/, 'UIDVALIDITY \\d+').replace(/RECENT (\d+|\\d\+) ?/g, '(RECENT 0 ?)?')
}
