/** First levels under which mailboxes of other accounts are found: those of people, and those of organisations and shared accounts. */
export const OTHERS = '其他用户'
export const SHARED = '共享'

/** The parts of a name within the mailboxes of others: which kind of account, its level, and the name there (empty: the level itself); null for one's own. */
export function foreignName(name: string): { readonly space: typeof OTHERS | typeof SHARED; readonly level: string; readonly rest: string } | null {
  const [space, level = '', ...rest] = name.split('/')
  return space === OTHERS || space === SHARED ? { space, level, rest: rest.join('/') } : null
}

/** Names above a mailbox, nearest last. */
export const above = (name: string): string[] => name.split('/').slice(0, -1).map((_, depth, levels) => levels.slice(0, depth + 1).join('/'))
