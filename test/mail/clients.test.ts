/** Mail programs of others at our servers; each test is left out where its program is not installed. `npm run test:clients`. */
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test, type TestContext } from 'node:test'
import { promisify } from 'node:util'
import { sql } from 'kysely'
import { generator } from '#mail/mime/test/random.ts'
import { message, openImap, PASSWORD, type RawClient, type TestImap } from './imap.ts'

const run = promisify(execFile)
const limit = { timeout: 240_000 }
let it: TestImap
let folder = ''

before(async () => {
  it = await openImap(['mbsync', 'offline', 'fetch', 'fetchpop', 'python', 'mutt'], 100_000_000)
  folder = mkdtempSync(join(tmpdir(), 'chengming-clients-'))
})
after(async () => {
  await it.close()
  rmSync(folder, { recursive: true, force: true })
  assert.deepEqual(it.errors, [])
})

/** Runs a program; null, and the test is left out, where there is none. */
async function program(context: TestContext, name: string, args: readonly string[], input?: string): Promise<string | null> {
  const ran = run(name, [...args], { timeout: 120_000, env: { ...process.env, HOME: folder, TERM: 'xterm', LC_ALL: 'C.UTF-8' } })
  if (input !== undefined) ran.child.stdin?.end(input)
  try {
    const { stdout, stderr } = await ran
    return stdout + stderr
  } catch (error) {
    if ((error as { code?: string }).code !== 'ENOENT') throw error
    context.skip(`${name} is not installed`)
    return null
  }
}

async function filled(name: string, count: number): Promise<RawClient> {
  const client = await it.signedIn(name)
  for (let at = 0; at < count; at++) await it.append(client, 'INBOX', message(`${name}-${at}`, `body ${at}\r\n.\r\n中文\r\n`))
  await client.say('s SELECT INBOX\r\n', /^s OK/m)
  return client
}

/** Subjects with their flags, as a Maildir writes them. */
const LETTERS = { '\\Draft': 'D', '\\Flagged': 'F', '\\Answered': 'R', '\\Seen': 'S', '\\Deleted': 'T' } as const
async function onServer(client: RawClient): Promise<readonly string[]> {
  const told = await client.say('n NOOP\r\nf FETCH 1:* (FLAGS BODY.PEEK[HEADER.FIELDS (Subject)])\r\n', /^f OK/m)
  const found = [...told.matchAll(/FETCH \(FLAGS \(([^)]*)\) BODY\[[^\]]*\] \{\d+\}\r\nSubject: (\S+)/g)]
  return found.map(([, flags = '', subject = '']) => `${subject} ${Object.entries(LETTERS).filter(([flag]) => flags.includes(flag)).map(([, letter]) => letter).join('')}`).toSorted()
}

const filesIn = (box: string): readonly string[] => ['cur', 'new'].flatMap((name) => readdirSync(join(box, name)).map((file) => join(box, name, file)))
function onDisk(box: string): readonly string[] {
  return filesIn(box).map((file) => `${/^Subject: (\S+)/m.exec(readFileSync(file, 'utf8'))?.[1] ?? ''} ${/:2,([A-Z]*)$/.exec(file)?.[1] ?? ''}`).toSorted()
}

function editDisk(box: string, random: (below: number) => number, round: number): void {
  for (const file of filesIn(box)) {
    const [path = '', flags = ''] = file.split(':2,')
    const what = random(6)
    if (what === 0) rmSync(file)
    if (what === 1 || what === 2) renameSync(file, `${path.replace('/new/', '/cur/')}:2,${[...new Set([...flags, 'FRS'[random(3)] ?? 'S'])].toSorted().join('')}`)
  }
  writeFileSync(join(box, 'cur', `local${round}.${Date.now()}:2,S`), message(`local-${round}`).replaceAll('\r\n', '\n'))
}

async function editServer(client: RawClient, random: (below: number) => number, round: number): Promise<void> {
  const count = (await onServer(client)).length
  for (let at = 1; at <= count; at++) {
    const flag = ['\\Deleted', '\\Flagged', '\\Answered', '\\Seen'][random(8)]
    if (flag !== undefined) await client.say(`x STORE ${at} ${random(4) === 0 && flag !== '\\Deleted' ? '-' : '+'}FLAGS (${flag})\r\n`, /^x OK/m)
  }
  await client.say('e EXPUNGE\r\n', /^e OK/m)
  await it.append(client, 'INBOX', message(`server-${round}`))
}

test('mbsync: random edits on both sides converge', limit, async (context) => {
  const client = await filled('mbsync', 30)
  const box = join(folder, 'mbsync-mail')
  writeFileSync(join(folder, 'mbsyncrc'), `IMAPAccount us
Host 127.0.0.1
Port ${it.port}
User mbsync
Pass ${PASSWORD}
SSLType None
AuthMechs LOGIN

IMAPStore far
Account us

MaildirStore near
Path ${box}/
Inbox ${box}/INBOX
SubFolders Verbatim

Channel all
Far :far:
Near :near:
Patterns INBOX
Create Both
Expunge Both
Sync All
SyncState *
`)
  mkdirSync(box)
  if ((await program(context, 'mbsync', ['-c', join(folder, 'mbsyncrc'), 'all'])) === null) return
  const random = generator(42).next
  assert.deepEqual(onDisk(join(box, 'INBOX')), await onServer(client))
  for (let round = 0; round < 4; round++) {
    editDisk(join(box, 'INBOX'), random, round)
    await editServer(client, random, round)
    for (let again = 0; again < 2; again++) await program(context, 'mbsync', ['-c', join(folder, 'mbsyncrc'), 'all'])
    const there = await onServer(client)
    assert.deepEqual(onDisk(join(box, 'INBOX')), there, `round ${round}`)
    assert.ok(there.length > 3)
  }
})

test('offlineimap: a mailbox with Chinese name comes down, flags go up', limit, async (context) => {
  const client = await filled('offline', 10)
  writeFileSync(join(folder, 'offlineimaprc'), `[general]
accounts = one
ui = quiet
metadata = ${folder}/offline-state

[Account one]
localrepository = near
remoterepository = far

[Repository near]
type = Maildir
localfolders = ${folder}/offline-mail

[Repository far]
type = IMAP
remotehost = 127.0.0.1
remoteport = ${it.port}
remoteuser = offline
remotepass = ${PASSWORD}
ssl = no
starttls = no
`)
  const sync = (): Promise<string | null> => program(context, 'offlineimap', ['-o', '-c', join(folder, 'offlineimaprc')])
  if ((await sync()) === null) return
  const box = join(folder, 'offline-mail/INBOX')
  assert.deepEqual(onDisk(box), await onServer(client))
  const [first = ''] = filesIn(box)
  renameSync(first, `${first.split(':2,')[0]?.replace('/new/', '/cur/') ?? ''}:2,FS`)
  await sync()
  const there = await onServer(client)
  assert.deepEqual([there.filter((line) => line.endsWith(' FS')).length, onDisk(box)], [1, there])
  assert.ok(readdirSync(join(folder, 'offline-mail')).length >= 6, 'the other mailboxes came too')
})

for (const [protocol, account] of [['IMAP', 'fetch'], ['POP3', 'fetchpop']] as const) {
  test(`fetchmail by ${protocol}: every message once, then none`, limit, async (context) => {
    const client = await filled(account, 5)
    const [file, out] = [join(folder, `fetchmailrc-${account}`), join(folder, `got-${account}`)]
    writeFileSync(file, `poll 127.0.0.1 protocol ${protocol} port ${protocol === 'IMAP' ? it.port : it.popPort} username "${account}" password "${PASSWORD}" mda "cat >> ${out}" sslproto "" no rewrite fetchall nokeep\n`, { mode: 0o600 })
    if ((await program(context, 'fetchmail', ['-f', file, '--nosyslog', '--pidfile', join(folder, `pid-${account}`), '-i', join(folder, `ids-${account}`)])) === null) return
    assert.equal(readFileSync(out, 'utf8').match(new RegExp(`^Subject: ${account}-\\d`, 'gm'))?.length, 5)
    assert.deepEqual(await onServer(client), [])
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from mail_download where account_id = ${it.ids.get(account)}`.execute(it.runtime.db)
    assert.equal(rows[0]?.n, 5)
  })
}

test('neomutt: reads a header over IMAP and saves a copy elsewhere', limit, async (context) => {
  const client = await filled('mutt', 3)
  const rc = join(folder, 'muttrc')
  writeFileSync(rc, `set imap_user=mutt imap_pass="${PASSWORD}" ssl_starttls=no ssl_force_tls=no confirmcreate=no confirmappend=no folder="imap://127.0.0.1:${it.port}/" header_cache="" quit=yes wait_key=no delete=yes\n`)
  const keys = 'push <first-entry><copy-message>=Copied<enter><quit>'
  if ((await program(context, 'neomutt', ['-v'])) === null) return
  await program(context, 'script', ['-qec', `neomutt -n -F ${rc} -f imap://127.0.0.1:${it.port}/INBOX -e '${keys}'`, '/dev/null'])
  assert.match(await client.say('x STATUS Copied (MESSAGES)\r\n', /^x /m), /MESSAGES 1\)/)
})

test('Python imaplib: lists, appends, searches, fetches, moves', limit, async (context) => {
  const lines = [
    'import imaplib,time', `m=imaplib.IMAP4('127.0.0.1',${it.port})`, `m.login('python','${PASSWORD}')`, "m.create('Other')",
    "m.append('INBOX','(\\\\Seen)',imaplib.Time2Internaldate(time.time()),b'Subject: one\\r\\n\\r\\nbody\\r\\n')", "m.select('INBOX')", "print(m.search(None,'SUBJECT','one')[1], m.fetch('1','(RFC822)')[1][0][1], m.uid('MOVE','1','Other')[0], m.status('Other','(MESSAGES)')[1][0])", 'm.logout()',
  ]
  const told = await program(context, 'python3', ['-c', lines.join('\n')])
  if (told !== null) assert.equal(told.trim(), `[b'1'] b'Subject: one\\r\\n\\r\\nbody\\r\\n' OK b'"Other" (MESSAGES 1)'`)
})
