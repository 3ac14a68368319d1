/** clamd and rspamd of Debian in a folder of their own, on free ports of loopback, without any network. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { freePort } from '#test/hostile/program.ts'
import { versionOfClamd } from '../../scan/clamd.ts'
import { versionOfRspamd } from '../../scan/rspamd.ts'

const CLAMD = '/usr/sbin/clamd'
const RSPAMD = '/usr/bin/rspamd'
export const scannersInstalled = existsSync(CLAMD) && existsSync(RSPAMD)

/** The test file of EICAR and the test lines of rspamd, in two pieces each, so that nobody finds them in this one. */
export const EICAR = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-', 'STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('')
export const gtube = (letter: 'X' | 'Y' | 'Z'): string => [`${letter}JS*C4JDBQADN1.NSBN3*2IDNEN*`, 'GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X'].join('')

export type Daemon = { stop(): Promise<void> }
export type Daemons = { readonly clamd: Daemon & { readonly address: { readonly host: string; readonly port: number }; readonly socket: string }; readonly rspamd: Daemon & { readonly address: string }; stop(): Promise<void> }

const clamdConf = (folder: string, port: number): string => `Foreground yes
DatabaseDirectory ${folder}/signatures
LocalSocket ${folder}/clamd.sock
TCPSocket ${port}
TCPAddr 127.0.0.1
TemporaryDirectory ${folder}
StreamMaxLength 2M
`

/** No modules, no rules: only the patterns that rspamd knows by itself. */
const rspamdConf = (folder: string, port: number): string => `options {
  pidfile = "${folder}/rspamd.pid"; tempdir = "${folder}"; cache_file = "${folder}/symbols.cache"; history_file = "${folder}/history"; hs_cache_dir = "${folder}"; url_tld = "${folder}/tld.dat";
  filters = ""; enable_test_patterns = true; dns { nameserver = "127.0.0.1:1"; timeout = 0.1; retransmits = 1; }
}
logging { type = "console"; level = "error"; }
worker "normal" { bind_socket = "127.0.0.1:${port}"; count = 1; }
actions { reject = 15; add_header = 6; greylist = 4; }
`

/** A program until its first good answer; it is ended by its own number. */
async function started(command: string, options: readonly string[], answers: () => Promise<unknown>): Promise<Daemon> {
  const child: ChildProcess = spawn(command, options, { stdio: 'ignore' })
  for (let left = 300; ; left--) {
    if (await answers().then(() => true, () => false)) break
    if (left === 0 || child.exitCode !== null) throw new Error(`${command} does not answer`)
    await pause(100)
  }
  return {
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill('SIGTERM')
      await once(child, 'exit')
    },
  }
}

export async function startDaemons(): Promise<Daemons> {
  const folder = await mkdtemp(join(tmpdir(), 'chengming-scanners-'))
  await chmod(folder, 0o777)
  await mkdir(join(folder, 'signatures'))
  await writeFile(join(folder, 'signatures/test.ndb'), `Eicar-Test-Signature:0:*:${Buffer.from(EICAR).toString('hex')}\n`)
  await writeFile(join(folder, 'tld.dat'), 'com\ncn\nexample\n')
  const [clamdPort, rspamdPort] = [await freePort(), await freePort()]
  await writeFile(join(folder, 'clamd.conf'), clamdConf(folder, clamdPort))
  await writeFile(join(folder, 'rspamd.conf'), rspamdConf(folder, rspamdPort))
  const [address, url] = [{ host: '127.0.0.1', port: clamdPort }, `http://127.0.0.1:${rspamdPort}`]
  const soon = (): AbortSignal => AbortSignal.timeout(1_000)
  const [clamd, rspamd] = await Promise.all([
    started(CLAMD, ['-c', join(folder, 'clamd.conf')], () => versionOfClamd(address, soon())),
    started(RSPAMD, ['-f', '-i', '-c', join(folder, 'rspamd.conf')], () => versionOfRspamd(url, soon())),
  ])
  return {
    clamd: { ...clamd, address, socket: join(folder, 'clamd.sock') }, rspamd: { ...rspamd, address: url },
    async stop() {
      await Promise.all([clamd.stop(), rspamd.stop()])
      await rm(folder, { recursive: true, force: true })
    },
  }
}
