/** The servers that are compared: ours, and Dovecot of the machine in a folder of its own, with Postfix before it where that is installed. */
import { fork, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { freePort } from '#test/hostile/program.ts'
import { PASSWORD } from '#test/mail/imap.ts'
import { BenchClient } from './client.ts'
import { postfix } from './postfix.ts'
import { messageOf } from './messages.ts'

/** `smtp`: mail for `box<n>@cn.example` is taken there; 0 where it is not. */
export type Peer = { readonly name: string; readonly imap: number; readonly pop: number; readonly smtp: number; memory(): Promise<number>; stop(): Promise<void> }

/** Ours, which tells more of itself: octets of the heap and what lies beside it after a collection of garbage, and what is wrong with what it keeps. */
export type Office = Peer & { heap(): Promise<number>; verify(): Promise<{ readonly problems: number; readonly failures: number }> }

/** Our servers with so many messages; `memory` is the resident size after a collection of garbage. */
export async function ours(few: number, many: number, idle: number): Promise<Office> {
  const child: ChildProcess = fork(join(import.meta.dirname, 'serve.ts'), [String(few), String(many), String(idle)], { execArgv: ['--expose-gc'], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  const [ports] = (await once(child, 'message')) as [{ imap: number; pop: number; smtp: number }]
  const memory = async (): Promise<NodeJS.MemoryUsage> => {
    child.send('memory')
    return ((await once(child, 'message')) as [{ memory: NodeJS.MemoryUsage }])[0].memory
  }
  return {
    name: 'ours', ...ports,
    memory: async () => (await memory()).rss,
    async heap() {
      const { heapUsed, external } = await memory()
      return heapUsed + external
    },
    async verify() {
      child.send('verify')
      return ((await once(child, 'message')) as [{ problems: number; failures: number }])[0]
    },
    async stop() {
      child.send('stop')
      await once(child, 'exit')
    },
  }
}

const DOVECOT = '/usr/sbin/dovecot'
/** The user that owns the mail; the package makes the others. */
const NOBODY = 65_534

const config = (folder: string, imap: number, pop: number, lmtp: number): string => `
base_dir = ${folder}/run
log_path = ${folder}/log
protocols = imap pop3 lmtp
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
first_valid_uid = 1
mail_location = maildir:${folder}/mail/%n
auth_username_format = %n
postmaster_address = postmaster@cn.example
mail_max_userip_connections = 0
passdb {
  driver = static
  args = password=${PASSWORD}
}
userdb {
  driver = static
  args = uid=${NOBODY} gid=${NOBODY} home=${folder}/mail/%n allow_all_users=yes
}
service imap-login {
  inet_listener imap {
    port = ${imap}
  }
  inet_listener imaps {
    port = 0
  }
  service_count = 0
  client_limit = 2000
}
service pop3-login {
  inet_listener pop3 {
    port = ${pop}
  }
  inet_listener pop3s {
    port = 0
  }
  service_count = 0
  client_limit = 2000
}
service lmtp {
  inet_listener lmtp {
    address = 127.0.0.1
    port = ${lmtp}
  }
  process_limit = 50
}
service imap {
  process_limit = 2000
}
service anvil {
  client_limit = 5000
}
service auth {
  client_limit = 5000
}
`

function writeMaildir(folder: string, count: number): void {
  for (const name of ['cur', 'new', 'tmp']) mkdirSync(join(folder, name), { recursive: true })
  for (let at = 0; at < count; at++) {
    const raw = messageOf(at)
    writeFileSync(join(folder, 'cur', `${1_700_000_000 + at}.M${at}.bench,S=${raw.length}:2,`), raw)
  }
}

function own(path: string): void {
  chmodSync(path, 0o777)
  chownSync(path, NOBODY, NOBODY)
}

/** Dovecot with the same messages; null where it is not installed or cannot be started by this user. */
export async function dovecot(few: number): Promise<Peer | null> {
  if (!existsSync(DOVECOT) || process.getuid?.() !== 0) return null
  const folder = mkdtempSync(join(tmpdir(), 'chengming-bench-dovecot-'))
  chmodSync(folder, 0o755)
  const [imap, pop, lmtp] = [await freePort(), await freePort(), await freePort()]
  writeMaildir(join(folder, 'mail/few'), few)
  for (const path of ['mail', 'mail/few', 'mail/few/cur', 'mail/few/new', 'mail/few/tmp']) own(join(folder, path))
  writeFileSync(join(folder, 'dovecot.conf'), config(folder, imap, pop, lmtp))
  const child = spawn(DOVECOT, ['-F', '-c', join(folder, 'dovecot.conf')], { stdio: 'inherit' })
  for (let left = 50; ; left--) {
    const client = await Promise.race([BenchClient.open(imap), pause(100)])
    if (client instanceof BenchClient) {
      client.close()
      break
    }
    if (left === 0) return null
  }
  const mta = await postfix(lmtp)
  return {
    name: 'Dovecot', imap, pop, smtp: mta?.port ?? 0, memory: async () => 0,
    async stop() {
      mta?.stop()
      child.kill('SIGTERM')
      await once(child, 'exit')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
