/** Postfix of the machine in a folder of its own, which hands everything for `cn.example` to an LMTP server. */
import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '#test/hostile/program.ts'

const POSTFIX = '/usr/sbin/postfix'

const main = (folder: string, lmtp: number): string => `
compatibility_level = 3.6
queue_directory = ${folder}/queue
data_directory = ${folder}/data
mail_owner = postfix
setgid_group = postdrop
maillog_file = ${folder}/log
maillog_file_prefixes = ${folder}
myhostname = mail.cn.example
mydestination =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
virtual_mailbox_domains = cn.example
virtual_mailbox_maps = static:ok
virtual_transport = lmtp:inet:127.0.0.1:${lmtp}
smtpd_relay_restrictions = reject_unauth_destination
smtpd_client_connection_count_limit = 0
smtpd_client_connection_rate_limit = 0
default_process_limit = 100
lmtp_destination_concurrency_limit = 50
initial_destination_concurrency = 50
`

const master = (port: number): string => `
127.0.0.1:${port} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
error unix - - n - - error
retry unix - - n - - error
lmtp unix - - n - - lmtp
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
`

/** Null where it is not installed or cannot be started by this user. */
export async function postfix(lmtp: number): Promise<{ readonly port: number; stop(): void } | null> {
  if (!existsSync(POSTFIX) || process.getuid?.() !== 0) return null
  const folder = mkdtempSync(join(tmpdir(), 'chengming-bench-postfix-'))
  chmodSync(folder, 0o755)
  const port = await freePort()
  for (const name of ['etc', 'queue', 'data']) mkdirSync(join(folder, name))
  spawnSync('chown', ['postfix', join(folder, 'data')])
  const etc = join(folder, 'etc')
  writeFileSync(join(etc, 'main.cf'), main(folder, lmtp))
  writeFileSync(join(etc, 'master.cf'), master(port))
  const run = (what: string): boolean => spawnSync(POSTFIX, ['-c', etc, what], { stdio: 'ignore' }).status === 0
  const stop = (): void => {
    run('stop')
    rmSync(folder, { recursive: true, force: true })
  }
  if (run('start')) return { port, stop }
  stop()
  return null
}
