import { spawnSync } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'

/** The operating system account PostgreSQL runs as; undefined means "the one that runs this process". */
export type Account = { uid: number; gid: number } | undefined

/** Reads `nobody` from the text of /etc/passwd (Debian 65534, macOS -2); 65534 where there is no such line. */
export function nobody(passwd: string): { uid: number; gid: number } {
  const fields = /^nobody:.*$/m.exec(passwd)?.[0].split(':') ?? []
  const id = (text: string | undefined): number => (text === undefined || text === '' ? 65_534 : Number(text) >>> 0)
  return { uid: id(fields[2]), gid: id(fields[3]) }
}

/**
 * PostgreSQL refuses to run as root. Root therefore runs it as the owner of an existing cluster (so that one start with
 * sudo does not lock an ordinary user out of the folder) or as `nobody`.
 */
export function databaseAccount(cluster: string): Account {
  if (process.getuid?.() !== 0) return undefined
  const owner = statSync(cluster, { throwIfNoEntry: false })
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }
  return nobody(readFileSync('/etc/passwd', 'utf8'))
}

/** Whether the account can do `test <flag> <path>`; asked of the kernel, because mode bits alone ignore ACLs and mounts. */
export function accountCan(account: Account, flag: '-x' | '-r', path: string): boolean {
  const answer = spawnSync('/bin/sh', ['-c', `test ${flag} "$1"`, 'sh', path], { ...account, cwd: '/' })
  return answer.status === 0
}
