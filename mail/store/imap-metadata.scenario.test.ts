import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { encodeMailboxName } from '#mail/imap/mailbox-name.ts'
import { openImap, type TestImap } from '#test/mail/imap.ts'

let it: TestImap

before(async () => {
  it = await openImap(['a', 'b', 'c', 'd', 'e', 'f'])
})
after(async () => {
  await it.close()
  assert.deepEqual(it.errors, [])
})

const limit = { timeout: 30_000 }

test('values are set, told by depth and size, replaced and taken away', limit, async () => {
  const client = await it.signedIn('a')
  assert.match(await client.say('x CAPABILITY\r\n', /^x OK/m), / METADATA LIST-METADATA /)
  assert.match(await client.say('x SETMETADATA INBOX (/private/comment {33}\r\n', /^\+ /m), /^\+ /)
  assert.match(await client.say('My new comment across\r\ntwo lines. /SHARED/Comment ~{3+}\r\na\0b /private/vendor/x/y "\\"")\r\n', /^x /m), /^x OK/m)
  assert.match(await client.say('x GETMETADATA INBOX (/private/comment /shared/comment)\r\n', /^x OK/m), /^\* METADATA "INBOX" \(\/private\/comment \{33\}\r\nMy new comment across\r\ntwo lines\. \/shared\/comment ~\{3\}\r\na\0b\)\r\nx OK done/)
  assert.match(await client.say('x GETMETADATA (DEPTH infinity MAXSIZE 5) INBOX (/private)\r\n', /^x OK/m), /^\* METADATA "INBOX" \(\/private NIL \/private\/vendor\/x\/y "\\""\)\r\nx OK \[METADATA LONGENTRIES 33\]/)
  assert.match(await client.say('x SETMETADATA INBOX (/private/comment NIL /shared/comment "2")\r\ny GETMETADATA INBOX (/private/comment /shared/comment)\r\n', /^y OK/m), /\(\/private\/comment NIL \/shared\/comment "2"\)/)
  assert.match(await client.say('x GETMETADATA Nothing /private/comment\r\n', /^x /m), /^x NO \[NONEXISTENT\]/m)
})

test('annotations follow their mailbox: renamed with it, copied from INBOX, gone with it', limit, async () => {
  const client = await it.signedIn('b')
  await client.say('x CREATE one/two\r\ny SETMETADATA one/two (/private/comment "two")\r\nz SETMETADATA INBOX (/shared/comment "in")\r\n', /^z OK/m)
  await client.say('x RENAME one/two three\r\n', /^x OK/m)
  assert.match(await client.say('x GETMETADATA three /private/comment\r\n', /^x OK/m), /"three" \(\/private\/comment "two"\)/)
  await client.say('x RENAME INBOX old\r\n', /^x OK/m)
  assert.match(await client.say('x GETMETADATA old /shared/comment\r\ny GETMETADATA INBOX /shared/comment\r\n', /^y OK/m), /"old" \(\/shared\/comment "in"\)[^]*"INBOX" \(\/shared\/comment "in"\)/)
  await client.say('x DELETE three\r\ny CREATE three\r\n', /^y OK/m)
  assert.match(await client.say('x GETMETADATA three /private/comment\r\n', /^x OK/m), /"three" \(\/private\/comment NIL\)/)
  const listed = await client.say('x LIST "" (INBOX old &XfJT0ZAB-) RETURN (STATUS (MESSAGES) METADATA (/shared/comment /private/specialuse))\r\n', /^x OK/m)
  assert.match(listed, /^\* LIST \([^)]*\) "\/" "INBOX"\r\n\* STATUS "INBOX" \(MESSAGES 0\)\r\n\* METADATA "INBOX" \(\/shared\/comment "in" \/private\/specialuse NIL\)\r$/m)
  assert.match(listed, /^\* METADATA "&XfJT0ZAB-" \(\/shared\/comment NIL \/private\/specialuse "\\\\Sent"\)\r$/m)
})

test('the server has private entries of each account, says where to turn to, and lets nobody write what all read', limit, async () => {
  await sql`insert into mail_domain (name, is_default, created_at) values ('cn.example', true, now()) on conflict do nothing`.execute(it.runtime.db)
  const [one, two] = [await it.signedIn('c'), await it.signedIn('a')]
  await one.say('x SETMETADATA "" (/private/vendor/x/y "mine")\r\n', /^x OK/m)
  assert.match(await one.say('x GETMETADATA "" (/private/vendor/x/y /shared/admin /shared/comment)\r\n', /^x OK/m), /^\* METADATA "" \(\/private\/vendor\/x\/y "mine" \/shared\/admin "mailto:postmaster@cn\.example" \/shared\/comment NIL\)\r$/m)
  assert.match(await two.say('x GETMETADATA "" /private/vendor/x/y\r\n', /^x OK/m), /\(\/private\/vendor\/x\/y NIL\)/)
  for (const [where, entry] of [['""', '/shared/admin'], ['""', '/shared/comment'], ['INBOX', '/private/specialuse']]) assert.match(await one.say(`x SETMETADATA ${where} (${entry} "x")\r\n`, /^x /m), /^x NO \[NOPERM\]/m)
})

test('bounded: large values, many entries, and many octets are refused as a whole', limit, async () => {
  const client = await it.signedIn('d')
  const pairs = (from: number, many: number, value: string): string => Array.from({ length: many }, (_, at) => `/private/vendor/x/${from + at} {${value.length}+}\r\n${value}`).join(' ')
  assert.match(await client.say(`x SETMETADATA INBOX (/private/comment {65537+}\r\n${'x'.repeat(65_537)})\r\n`, /^x /m), /^x NO \[METADATA MAXSIZE 65536\]/m)
  assert.match(await client.say(`x SETMETADATA INBOX (${pairs(0, 100, 'x')})\r\n`, /^x /m), /^x OK/m)
  assert.match(await client.say('x SETMETADATA INBOX (/private/vendor/x/0 "changed" /private/comment "one more")\r\n', /^x /m), /^x NO \[METADATA TOOMANY\]/m)
  assert.match(await client.say('x GETMETADATA INBOX (/private/vendor/x/0)\r\n', /^x OK/m), /"x"\)/)
  assert.match(await client.say('x SETMETADATA INBOX (/private/vendor/x/0 NIL /private/comment "instead")\r\n', /^x /m), /^x OK/m)
  await client.say('x CREATE full\r\n', /^x OK/m)
  assert.match(await client.say(`x SETMETADATA full (${pairs(0, 15, 'x'.repeat(65_000))})\r\n`, /^x /m), /^x OK/m)
  assert.match(await client.say(`x SETMETADATA full (${pairs(15, 2, 'x'.repeat(65_000))})\r\n`, /^x /m), /^x NO \[METADATA TOOMANY\]/m)
  for (const text of ['INBOX', 'INBOX ()', 'INBOX (/private "x")', '"" /private/comment "x"']) assert.match(await client.say(`x SETMETADATA ${text}\r\n`, /^x /m), /^x BAD/m, text)
})

test('mailboxes of others: shared notes are read by those who see the mailbox, written with a right, private ones stay private', limit, async () => {
  const [owner, reader] = [await it.signedIn('e'), await it.signedIn('f')]
  const there = `"${encodeMailboxName('其他用户/e/INBOX')}"`
  assert.match(await reader.say(`x GETMETADATA ${there} /shared/comment\r\n`, /^x /m), /^x NO \[NONEXISTENT\]/m)
  await owner.say('x SETMETADATA INBOX (/shared/comment "for all" /private/comment "mine")\r\ny SETACL INBOX f lr\r\n', /^y OK/m)
  await reader.say(`x SETMETADATA ${there} (/private/comment "the reader's")\r\n`, /^x OK/m)
  assert.match(await reader.say(`x GETMETADATA ${there} (/shared/comment /private/comment)\r\n`, /^x OK/m), /\(\/shared\/comment "for all" \/private\/comment "the reader's"\)/)
  assert.match(await owner.say('x GETMETADATA INBOX (/private/comment)\r\n', /^x OK/m), /"mine"\)/)
  assert.match(await reader.say(`x SETMETADATA ${there} (/shared/comment NIL)\r\n`, /^x /m), /^x NO \[NOPERM\]/m)
  await owner.say('x SETACL INBOX f lrw\r\n', /^x OK/m)
  assert.match(await reader.say(`x SETMETADATA ${there} (/shared/comment NIL)\r\n`, /^x /m), /^x OK/m)
  assert.match(await owner.say('x GETMETADATA INBOX (/shared/comment)\r\ny SETACL INBOX f l\r\n', /^y OK/m), /\/shared\/comment NIL\)/)
  assert.match(await reader.say(`x GETMETADATA ${there} /private/comment\r\n`, /^x /m), /^x NO \[NOPERM\]/m)
})
