/** Roundcube (Debian's package, on PHP's own web server and SQLite) at our IMAP server; left out where it is not installed. */
import assert from 'node:assert/strict'
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { encodeMailboxName } from '#mail/imap/mailbox-name.ts'
import { eventually, freePort } from '../hostile/program.ts'
import { message, openImap, PASSWORD, type RawClient, type TestImap } from './imap.ts'

const HOME = '/var/lib/roundcube'
const DEFAULTS = '/etc/roundcube'
const php = spawnSync('php', ['-r', "exit(extension_loaded('pdo_sqlite') ? 0 : 1);"])
const skip = existsSync(join(HOME, 'index.php')) && php.status === 0 ? false : 'roundcube with SQLite is not installed'
const limit = { timeout: 60_000, skip }
let it: TestImap
let folder = ''
let base = ''
let child: ChildProcess | undefined
let other: RawClient
const cookies = new Map<string, string>()
let token = ''

const settings = (port: number): string => `<?php
$config = ['db_dsnw' => 'sqlite:///${folder}/rc.db?mode=0600', 'imap_host' => '127.0.0.1:${port}', 'smtp_host' => '127.0.0.1:9', 'mail_domain' => 'cn.example', 'des_key' => 'twenty-four-octets-long!', 'language' => 'zh_CN', 'plugins' => [],
  'imap_debug' => true, 'log_driver' => 'file', 'log_dir' => '${folder}/', 'temp_dir' => '${folder}/', 'imap_cache' => 'db', 'messages_cache' => 'db', 'drafts_mbox' => '', 'sent_mbox' => '', 'junk_mbox' => '', 'trash_mbox' => '', 'enable_installer' => false];
`

async function ask(query: string, form?: Readonly<Record<string, string>>): Promise<string> {
  const answer = await fetch(`${base}/index.php?${query}`, {
    redirect: 'manual', headers: { cookie: [...cookies].map((pair) => pair.join('=')).join('; '), 'x-roundcube-request': token }, ...(form && { method: 'POST', body: new URLSearchParams({ ...form, _token: token }) }),
  })
  for (const line of answer.headers.getSetCookie()) {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
    cookies.set(name, value)
  }
  const text = await answer.text()
  token = /"request_token":"([^"]+)"/.exec(text)?.[1] ?? token
  return text
}

const remote = async (query: string, form?: Readonly<Record<string, string>>): Promise<string> => (JSON.parse(await ask(`${query}&_remote=1`, form)) as { exec: string }).exec
const subjects = (told: string): readonly string[] => [...told.matchAll(/add_message_row\(\d+,(\{.*?\}),/g)].map(([, row = '']) => /"subject":"((?:[^"\\]|\\.)*)"/.exec(row)?.[1] ?? '').map((text) => JSON.parse(`"${text}"`) as string)

before(async () => {
  if (skip !== false) return
  it = await openImap(['cube'], 10_000_000)
  folder = mkdtempSync(join(tmpdir(), 'chengming-cube-'))
  other = await it.signedIn('cube')
  for (const subject of ['预算', '𡘙𬭎同志任职', 'third']) await it.append(other, 'INBOX', message(`=?utf-8?B?${Buffer.from(subject).toString('base64')}?=`, '正文两字\r\n'))
  mkdirSync(join(folder, 'config'))
  for (const file of ['defaults.inc.php', 'mimetypes.php']) copyFileSync(join(DEFAULTS, file), join(folder, 'config', file))
  writeFileSync(join(folder, 'config/config.inc.php'), settings(it.port))
  const port = await freePort()
  base = `http://127.0.0.1:${port}`
  child = spawn('php', ['-S', `127.0.0.1:${port}`], { cwd: HOME, stdio: 'ignore', env: { ...process.env, ROUNDCUBE_CONFIG_DIR: join(folder, 'config') } })
  assert.ok(await eventually(() => fetch(base).then(({ ok }) => ok, () => false), Boolean))
})
after(async () => {
  if (skip !== false) return
  const ended = child && once(child, 'exit')
  child?.kill()
  await ended
  await it.close()
  rmSync(folder, { recursive: true, force: true })
  assert.deepEqual(it.errors, [])
})

test('Roundcube signs in, lists, sorts and searches in Chinese', limit, async () => {
  await ask('')
  await ask('_task=login', { _task: 'login', _action: 'login', _user: 'cube', _pass: PASSWORD })
  assert.match(await ask('_task=mail'), /"mailbox":"INBOX"/)
  assert.deepEqual(subjects(await remote('_task=mail&_action=list&_mbox=INBOX')), ['third', '𡘙𬭎同志任职', '预算'])
  assert.deepEqual(subjects(await remote('_task=mail&_action=list&_mbox=INBOX&_sort=subject_ASC')), ['third', '预算', '𡘙𬭎同志任职'])
  assert.deepEqual(subjects(await remote(`_task=mail&_action=search&_mbox=INBOX&_headers=subject&_q=${encodeURIComponent('𬭎同')}`)), ['𡘙𬭎同志任职'])
})

test('Roundcube makes, renames and deletes a folder without a refusal', limit, async () => {
  const [name, renamed] = ['督办"𬭎', '督办\\二']
  for (const [mailbox, to] of [['', name], [encodeMailboxName(name), renamed]] as const) assert.doesNotMatch(await ask('_task=settings&_action=save-folder&_framed=1', { _name: to, _mbox: mailbox, _parent: '', _framed: '1' }), /"error"/)
  assert.match(await remote('_task=settings&_action=delete-folder', { _mbox: encodeMailboxName(renamed) }), /confirmation/)
  assert.deepEqual(readFileSync(join(folder, 'imap.log'), 'utf8').match(/S: \w+ (?:NO|BAD) .*/g), null)
})

test('Roundcube with its cache hears by QRESYNC what another program did', limit, async () => {
  await other.say('s SELECT INBOX\r\nx STORE 1 +FLAGS (\\Flagged)\r\ny STORE 3 +FLAGS (\\Deleted)\r\nz EXPUNGE\r\n', /^z OK/m)
  const told = await remote('_task=mail&_action=list&_mbox=INBOX')
  assert.deepEqual([subjects(told), told.match(/"flagged":1/g)?.length], [['预算', '𡘙𬭎同志任职'], 1])
  assert.match(readFileSync(join(folder, 'imap.log'), 'utf8'), /CHANGEDSINCE \d+ VANISHED\)[^]*VANISHED \(EARLIER\) 3/)
})
