import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createDeflateRaw, createInflateRaw } from 'node:zlib'
import { ImapFlow } from 'imapflow'
import { message, openImap, PASSWORD, type RawClient, type TestImap } from '#test/mail/imap.ts'

let it: TestImap
const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm']

before(async () => {
  it = await openImap(names, 20_000_000)
})
after(async () => {
  await it.close()
  assert.deepEqual(it.errors, [])
})

const limit = { timeout: 30_000 }

/** A client with so many messages in its selected INBOX. */
async function filled(name: string, subjects: readonly string[], more: (at: number) => string = () => ''): Promise<RawClient> {
  const client = await it.signedIn(name)
  for (const [at, subject] of subjects.entries()) await it.append(client, 'INBOX', message(subject, `body ${at}\r\n`, more(at)))
  await client.say('s SELECT INBOX\r\n', /^s OK/m)
  return client
}

const number = (text: string, pattern: RegExp): number => Number(pattern.exec(text)?.[1] ?? assert.fail(`${pattern} not in ${text}`))

test('CONDSTORE: what changed since then, and no overwriting of what changed elsewhere', limit, async () => {
  const one = await filled('a', ['1', '2', '3'])
  const two = await it.signedIn('a')
  const start = number(await two.say('s SELECT INBOX (CONDSTORE)\r\n', /^s OK/m), /HIGHESTMODSEQ (\d+)/)
  await one.say('x STORE 2 +FLAGS.SILENT (\\Flagged)\r\n', /^x OK/m)
  assert.match(await two.say('n NOOP\r\n', /^n OK/m), /^\* 2 FETCH \(UID 2 FLAGS \(\\Flagged\) MODSEQ \(\d+\)\)\r$/m)
  assert.match(await two.say(`x STORE 1,2 (UNCHANGEDSINCE ${start}) +FLAGS (\\Seen)\r\n`, /^x OK/m), /^\* 1 FETCH \(FLAGS \(\\Seen\) MODSEQ \(\d+\)\)\r\nx OK \[MODIFIED 2\]/m)
  assert.match(await two.say(`x UID FETCH 1:* (FLAGS) (CHANGEDSINCE ${start})\r\n`, /^x OK/m), /^\* 1 FETCH \(UID 1 FLAGS \(\\Seen\) MODSEQ \(\d+\)\)\r\n\* 2 FETCH [^\n]*\r\nx OK/)
  assert.match(await two.say(`x SEARCH MODSEQ ${start + 1}\r\n`, /^x OK/m), /^\* SEARCH 1 2 \(MODSEQ \d+\)\r$/m)
  assert.match(await two.say('x STORE 3 +FLAGS.SILENT (\\Seen)\r\n', /^x OK/m), /^\* 3 FETCH \(MODSEQ \(\d+\)\)\r\nx OK/)
  assert.match(await two.say('x STATUS INBOX (HIGHESTMODSEQ MAILBOXID SIZE)\r\n', /^x OK/m), /HIGHESTMODSEQ \d+ MAILBOXID \(F\d+\) SIZE \d+/)
})

test('QRESYNC: a client that comes back hears what is gone and what changed, nothing else', limit, async () => {
  const one = await filled('b', ['1', '2', '3', '4', '5'])
  const [validity, modseq] = [number(await one.say('s SELECT INBOX\r\n', /^s OK/m), /UIDVALIDITY (\d+)/), number(await one.say('s SELECT INBOX\r\n', /^s OK/m), /HIGHESTMODSEQ (\d+)/)]
  await one.say('x STORE 2,4 +FLAGS (\\Deleted)\r\ny EXPUNGE\r\nz STORE 2 +FLAGS (\\Answered)\r\n', /^z OK/m)
  const two = await it.signedIn('b')
  assert.match(await two.say(`s SELECT INBOX (QRESYNC (${validity} ${modseq}))\r\n`, /^s /m), /^s BAD enable QRESYNC first/m)
  assert.match(await two.say('e ENABLE QRESYNC NONSENSE\r\n', /^e OK/m), /^\* ENABLED QRESYNC\r$/m)
  const told = await two.say(`s SELECT INBOX (QRESYNC (${validity} ${modseq} 1:5))\r\n`, /^s OK/m)
  assert.match(told, /^\* 3 EXISTS\r$/m)
  assert.match(told, /^\* VANISHED \(EARLIER\) 2,4\r\n\* 2 FETCH \(UID 3 FLAGS \(\\Answered\) MODSEQ \(\d+\)\)\r\ns OK \[READ-WRITE\]/m)
  assert.doesNotMatch(await two.say(`s SELECT INBOX (QRESYNC (${validity} ${modseq} 1,3,5 (1:3 1,3,5)))\r\n`, /^s OK/m), /VANISHED/)
  assert.doesNotMatch(await two.say(`s SELECT INBOX (QRESYNC (${validity + 1} ${modseq}))\r\n`, /^s OK/m), /VANISHED|FETCH/)
  await one.say('x STORE 1 +FLAGS (\\Deleted)\r\ny EXPUNGE\r\n', /^y OK/m)
  assert.match(await two.say('n NOOP\r\n', /^n OK/m), /^\* VANISHED 1\r$/m)
  assert.match(await two.say('x UID FETCH 1:5 (FLAGS) (CHANGEDSINCE 1 VANISHED)\r\n', /^x OK/m), /^\* VANISHED \(EARLIER\) 1:2,4\r$/m)
  assert.match(await two.say('x UID STORE 3 +FLAGS.SILENT (\\Deleted)\r\ny UID EXPUNGE 3\r\n', /^y OK/m), /^\* VANISHED 3\r\ny OK \[HIGHESTMODSEQ \d+\]/m)
})

test('ESEARCH and SEARCHRES: counts, ends, ranges, and a result kept for later', limit, async () => {
  const client = await filled('c', ['red 1', 'blue 2', 'red 3', 'red 4'])
  assert.match(await client.say('x SEARCH RETURN (MIN MAX COUNT ALL) SUBJECT red\r\n', /^x OK/m), /^\* ESEARCH \(TAG "x"\) MIN 1 MAX 4 ALL 1,3:4 COUNT 3\r$/m)
  assert.match(await client.say('x UID SEARCH RETURN () SUBJECT nothing\r\n', /^x OK/m), /^\* ESEARCH \(TAG "x"\) UID\r$/m)
  assert.doesNotMatch(await client.say('x SEARCH RETURN (SAVE) SUBJECT red\r\n', /^x OK/m), /ESEARCH/)
  assert.match(await client.say('x FETCH $ UID\r\n', /^x OK/m), /^\* 1 FETCH \(UID 1\)\r\n\* 3 FETCH \(UID 3\)\r\n\* 4 FETCH/)
  assert.match(await client.say('x SEARCH RETURN (SAVE MIN) $ SUBJECT 3\r\ny STORE $ +FLAGS (\\Deleted)\r\nz EXPUNGE\r\nw SEARCH $\r\n', /^w OK/m), /MIN 3[^]*\* 3 EXPUNGE\r\nz OK[^]*\* SEARCH\r\nw OK/)
})

test('SORT and THREAD', limit, async () => {
  const ids = ['<1@x>', '<2@x>', '<3@x>']
  const client = await filled('d', ['b', 'Re: b', 'A'], (at) => `Message-ID: ${ids[at]}\r\n${at === 1 ? 'References: <1@x>\r\n' : ''}Cc: ${['z', 'y', 'x'][at]}@x\r\n`)
  assert.match(await client.say('x SORT (SUBJECT) UTF-8 ALL\r\n', /^x OK/m), /^\* SORT 3 1 2\r$/m)
  assert.match(await client.say('x UID SORT (REVERSE SUBJECT REVERSE ARRIVAL) UTF-8 ALL\r\n', /^x OK/m), /^\* SORT [12] [12] 3\r$/m)
  assert.match(await client.say('x SORT (CC) US-ASCII SUBJECT b\r\n', /^x OK/m), /^\* SORT 2 1\r$/m)
  assert.match(await client.say('x THREAD REFERENCES UTF-8 ALL\r\n', /^x OK/m), /^\* THREAD \(1 2\)\(3\)\r$/m)
  assert.match(await client.say('x UID THREAD ORDEREDSUBJECT UTF-8 SUBJECT A\r\n', /^x OK/m), /^\* THREAD \(3\)\r$/m)
  assert.match(await client.say('x SORT (SIZE) KOI8-R ALL\r\n', /^x /m), /^x NO \[BADCHARSET/m)
  assert.match(await client.say('x SORT (NONSENSE) UTF-8 ALL\r\n', /^x /m), /^x BAD unknown sort key/m)
})

test('LIST with selections, patterns, results and status; CREATE for a use; names in UTF-8', limit, async () => {
  const client = await it.signedIn('e')
  assert.match(await client.say('x CREATE work/plans\r\n', /^x /m), /^x OK \[MAILBOXID \(F\d+\)\]/m)
  await client.say('x UNSUBSCRIBE work/plans\r\n', /^x OK/m)
  assert.match(await client.say('x LIST "" (INBOX work%) RETURN (SUBSCRIBED STATUS (MESSAGES))\r\n', /^x OK/m), /^\* LIST \(\\HasNoChildren \\Subscribed\) "\/" "INBOX"\r\n\* STATUS "INBOX" \(MESSAGES 0\)\r\n\* LIST \(\\NonExistent \\Noselect \\HasChildren\) "\/" "work"\r\nx OK/)
  assert.doesNotMatch(await client.say('x LIST (SUBSCRIBED) "" *\r\n', /^x OK/m), /plans/)
  assert.match(await client.say('r RENAME work/plans work/ideas\r\nx UNSUBSCRIBE work/plans\r\n', /^x /m), /^r OK[^]*^x OK/m, 'what is gone is not subscribed to')
  assert.match(await client.say('x SUBSCRIBE work/plans\r\n', /^x /m), /^x NO \[NONEXISTENT\]/m)
  assert.match(await client.say('x CREATE other (USE (\\Sent))\r\n', /^x /m), /^x NO \[USEATTR\]/m)
  assert.match(await client.say('e ENABLE UTF8=ACCEPT\r\nx LIST (SPECIAL-USE) "" *\r\n', /^x OK/m), new RegExp(`\\\\Sent\\) "/" "${Buffer.from('已发送').toString('latin1')}"`))
  assert.match(await client.say(`x CREATE "${Buffer.from('督办').toString('latin1')}"\r\n`, /^x /m), /^x OK/m)
})

test('IMAP4rev2: no RECENT, LIST in SELECT, SEARCH answers ESEARCH', limit, async () => {
  const client = await filled('f', ['1'])
  await client.say('e ENABLE IMAP4rev2\r\n', /^e OK/m)
  const opened = await client.say('s SELECT INBOX\r\n', /^s OK/m)
  assert.match(opened, /^\* OK \[CLOSED\][^]*^\* LIST \(\) "\/" "INBOX"\r$/m)
  assert.doesNotMatch(opened, /RECENT|UNSEEN/)
  assert.match(await client.say('x SEARCH ALL\r\n', /^x OK/m), /^\* ESEARCH \(TAG "x"\) ALL 1\r$/m)
})

test('QUOTA', limit, async () => {
  const client = await filled('g', ['1'])
  assert.match(await client.say('x GETQUOTAROOT INBOX\r\n', /^x OK/m), /^\* QUOTAROOT "INBOX" "account"\r\n\* QUOTA "account" \(STORAGE 1 19531\)\r\nx OK/)
  assert.match(await client.say('x GETQUOTA "other"\r\n', /^x /m), /^x NO \[NONEXISTENT\]/m)
})

test('MULTIAPPEND keeps all or none; a message beyond what a command may hold in memory comes back the same', limit, async () => {
  const client = await it.signedIn('h')
  const [a, b] = [message('1'), message('2')].map((text) => Buffer.from(text).toString('latin1'))
  assert.match(await client.say(`x APPEND INBOX (\\Seen) {${a?.length}+}\r\n${a} " 1-Feb-2026 00:00:00 +0000" {${b?.length}+}\r\n${b}\r\n`, /^x OK/m), /^x OK \[APPENDUID \d+ 1:2\]/m)
  assert.match(await client.say(`x APPEND INBOX {${a?.length}+}\r\n${a} (\\Nope) {${b?.length}+}\r\n${b}\r\n`, /^x /m), /^x BAD flag/m)
  assert.match(await client.say('x STATUS INBOX (MESSAGES)\r\n', /^x OK/m), /MESSAGES 2\)/)
  const large = message('large', 'x'.repeat(76).concat('\r\n').repeat(40_000))
  await it.append(client, 'INBOX', large)
  await client.say('s SELECT INBOX\r\n', /^s OK/m)
  assert.ok((await client.say('x FETCH 3 BODY.PEEK[]\r\n', /^x OK/m)).includes(Buffer.from(large).toString('latin1')))
})

test('BINARY: parts without their encoding, octets of all kinds in and out', limit, async () => {
  const client = await it.signedIn('i')
  const text = 'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\n\r\nAGFi\r\n--b\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: strange\r\n\r\nx\r\n--b--\r\n'
  await it.append(client, 'INBOX', text)
  await client.say('s SELECT INBOX\r\n', /^s OK/m)
  assert.match(await client.say('x FETCH 1 (BINARY.SIZE[1] BINARY.PEEK[1] BINARY.PEEK[1]<1.1>)\r\n', /^x OK/m), /BINARY\.SIZE\[1\] 3 BINARY\[1\] ~\{3\}\r\n\0ab BINARY\[1\]<1> \{1\}\r\na\)/)
  assert.match(await client.say('x FETCH 1 BINARY.PEEK[2]\r\n', /^x /m), /^x NO \[UNKNOWN-CTE\]/m)
  assert.match(await client.say('x APPEND INBOX ~{10+}\r\nA: b\r\n\r\n\0c\r\n', /^x /m), /^x OK \[APPENDUID/m)
  assert.match(await client.say('x FETCH 2 BINARY.PEEK[]\r\n', /^x OK/m), /~\{10\}\r\nA: b\r\n\r\n\0c\)/)
})

test('OBJECTID, SAVEDATE, PREVIEW', limit, async () => {
  const client = await filled('j', ['1'])
  const told = await client.say('x FETCH 1 (EMAILID THREADID SAVEDATE PREVIEW (LAZY))\r\n', /^x OK/m)
  assert.match(told, /EMAILID \(M\d+\) THREADID \(T[0-9a-f]{32}\) SAVEDATE "[^"]{26}" PREVIEW "body 0"\)/)
  assert.match(await client.say(`x SEARCH EMAILID ${/M\d+/.exec(told)?.[0]}\r\n`, /^x OK/m), /^\* SEARCH 1\r$/m)
  await client.say('x COPY 1 Drafts2\r\nx CREATE Copy\r\nx COPY 1 Copy\r\nx SELECT Copy\r\n', /^x OK \[READ-WRITE/m)
  assert.ok((await client.say('x FETCH 1 EMAILID\r\n', /^x OK/m)).includes(/M\d+/.exec(told)?.[0] ?? 'none'), 'a copy has the id of the original')
})

test('COMPRESS=DEFLATE, both ways and in small pieces', limit, async () => {
  const client = await it.signedIn('k')
  assert.match(await client.say('x CAPABILITY\r\n', /^x OK/m), /COMPRESS=DEFLATE/)
  await client.say('c COMPRESS DEFLATE\r\n', /^c OK/m)
  client.socket.removeAllListeners('data')
  const [out, back] = [createDeflateRaw({ flush: 2 }), createInflateRaw()]
  let heard = ''
  const done = Promise.withResolvers<void>()
  out.on('data', (chunk: Buffer) => void client.socket.write(chunk))
  client.socket.on('data', (chunk) => void back.write(chunk))
  back.on('data', (chunk: Buffer) => {
    heard += chunk.toString()
    if (heard.includes('z OK')) done.resolve()
  })
  out.write('x LIST "" *\r\ny COMPRESS DEFLATE\r\n')
  out.write('z NOOP\r\n')
  await done.promise
  assert.match(heard, /"INBOX"[^]*x OK[^]*y NO \[COMPRESSIONACTIVE\][^]*z OK/)
  client.socket.destroy()
})

test('AUTH=LOGIN asks for both; a wrong response is refused', limit, async () => {
  const client = await it.raw()
  assert.match(await client.say('a AUTHENTICATE LOGIN\r\n', /^\+ /m), /^\+ VXNlcm5hbWU6\r$/m)
  await client.say(`${btoa('l')}\r\n`, /^\+ UGFzc3dvcmQ6\r$/m)
  assert.match(await client.say(`${btoa(PASSWORD)}\r\n`, /^a /m), /^a OK/m)
  const other = await it.raw()
  await other.say('a AUTHENTICATE LOGIN\r\n', /^\+ /m)
  assert.match(await other.say('not base64!\r\n', /^a /m), /^a BAD/m)
})

test('renaming INBOX moves what is in it', limit, async () => {
  const client = await filled('m', ['1', '2'])
  assert.match(await client.say('x RENAME INBOX Old\r\ny STATUS Old (MESSAGES)\r\nz STATUS INBOX (MESSAGES)\r\n', /^z OK/m), /"Old" \(MESSAGES 2\)[^]*"INBOX" \(MESSAGES 0\)/)
})

test('a client of today uses them: CONDSTORE, QRESYNC, COMPRESS, labels of its own', limit, async () => {
  const client = new ImapFlow({ host: '127.0.0.1', port: it.port, secure: false, doSTARTTLS: false, auth: { user: 'l', pass: PASSWORD }, logger: false, qresync: true })
  await client.connect()
  await client.append('INBOX', message('one'))
  const lock = await client.getMailboxLock('INBOX')
  assert.equal(client.mailbox === false ? null : typeof client.mailbox.highestModseq, 'bigint')
  await client.messageFlagsAdd('1', ['\\Seen'])
  const first = await client.fetchOne('1', { flags: true, emailId: true } as never)
  assert.deepEqual(first === false ? [] : [...(first.flags ?? [])], ['\\Seen'])
  const quota = await client.getQuota('INBOX')
  assert.equal(quota === false ? 0 : quota.storage?.limit, 19_531 * 1_024)
  lock.release()
  await client.logout()
})

test('a client that asks and does not read is waited for: what it asked for is not kept in memory', limit, async () => {
  const client = await it.signedIn('h')
  await client.say('s SELECT INBOX\r\n', /^s OK/m)
  client.socket.pause()
  client.socket.write(Array.from({ length: 40 }, (_, at) => `f${at} FETCH 3 BODY.PEEK[]\r\n`).join(''))
  const other = await it.signedIn('h')
  for (let at = 0; at < 20; at++) await other.say('n NOOP\r\n', /^n OK/m)
  const held = it.sockets().reduce((sum, { writableLength }) => sum + writableLength, 0)
  assert.ok(held < 8_000_000, `${held} octets are waiting of 125,000,000 asked for`)
  client.socket.destroy()
  other.socket.destroy()
})
