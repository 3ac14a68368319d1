import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { ImapFlow } from 'imapflow'
import { sql } from 'kysely'
import { encodeMailboxName } from '#mail/imap/mailbox-name.ts'
import { message, openImap, PASSWORD, type RawClient, type TestImap } from '#test/mail/imap.ts'
import { openAccount } from './server/accounts.ts'

let it: TestImap
const limit = { timeout: 30_000 }

before(async () => {
  it = await openImap(['lin', 'gu', 'bai', 'chen', 'deng', 'fang', 'han', 'jiang', 'kong', 'luo', 'ma'])
})
after(async () => {
  await it.close()
  assert.deepEqual(it.errors, [])
})

/** A name as the wire has it: modified UTF-7 in quotes. */
const wire = (name: string): string => `"${encodeMailboxName(name)}"`
const of = (owner: string, name: string): string => wire(`其他用户/${owner}/${name}`)
const ask = (client: RawClient, command: string): Promise<string> => client.say(`x ${command}\r\n`, /^x (?:OK|NO|BAD)/m)
const refused = async (client: RawClient, command: string, code: string): Promise<void> => assert.match(await ask(client, command), new RegExp(`^x NO \\[${code}\\]`, 'm'), command)
const succeeds = async (client: RawClient, command: string): Promise<string> => {
  const told = await ask(client, command)
  assert.match(told, /^x OK/m, command)
  return told
}
const say = (owner: RawClient, mailbox: string, identifier: string, rights: string): Promise<string> => succeeds(owner, `SETACL ${mailbox} ${identifier} ${rights}`)

test('an owner gives, limits, takes away; identifiers and rights as they were meant', limit, async () => {
  const lin = await it.signedIn('lin')
  assert.match(await succeeds(lin, 'CAPABILITY'), / ACL RIGHTS=texk LIST-MYRIGHTS /)
  assert.match(await succeeds(lin, 'MYRIGHTS INBOX'), /^\* MYRIGHTS "INBOX" "lrswipkxteacd"\r$/m)
  await say(lin, 'INBOX', 'GU@cn.example', 'rlc')
  await say(lin, 'INBOX', 'gu', '+s')
  await say(lin, 'INBOX', '-anyone', 'w')
  assert.match(await succeeds(lin, 'GETACL INBOX'), /^\* ACL "INBOX" "lin" "lrswipkxteacd" "-anyone" "w" "gu" "lrskxc"\r$/m)
  assert.match(await succeeds(lin, 'LISTRIGHTS INBOX gu'), /^\* LISTRIGHTS "INBOX" "gu" "" "l" "r" "s" "w" "i" "p" "k" "x" "t" "e" "a" "c" "d"\r$/m)
  assert.match(await succeeds(lin, 'LISTRIGHTS INBOX lin'), /^\* LISTRIGHTS "INBOX" "lin" "la" "r" "s"/m)
  await say(lin, 'INBOX', 'lin', 'lr')
  assert.match(await succeeds(lin, 'MYRIGHTS INBOX'), /"INBOX" "lra"\r$/m)
  await succeeds(lin, 'DELETEACL INBOX lin')
  await say(lin, 'INBOX', 'gu', '-lrsd')
  await say(lin, 'INBOX', 'gu', '-kx')
  await succeeds(lin, 'DELETEACL INBOX -anyone')
  assert.match(await succeeds(lin, 'GETACL INBOX'), /^\* ACL "INBOX" "lin" "lrswipkxteacd"\r$/m)
  await refused(lin, 'SETACL INBOX nobody lr', 'CANNOT')
  assert.match(await ask(lin, 'SETACL INBOX gu lz'), /^x BAD/m)
  await refused(lin, 'GETACL nowhere', 'NONEXISTENT')
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from audit_entry where action = 'mail.share' and object_title = 'INBOX'`.execute(it.runtime.db)
  assert.equal(rows[0]?.n, 8)
})

test('what is shared is found under its owner, in every command; what is not shared does not exist', limit, async () => {
  const [gu, bai] = [await it.signedIn('gu'), await it.signedIn('bai')]
  await succeeds(gu, `CREATE ${wire('督办/重点')}`)
  await succeeds(gu, 'CREATE secret')
  await it.append(gu, wire('督办/重点'), message('one'))
  await say(gu, wire('督办/重点'), 'bai', 'lr')
  assert.equal((await succeeds(bai, 'NAMESPACE')).match(/^\* NAMESPACE .*\r$/m)?.[0], `* NAMESPACE (("" "/")) ((${wire('其他用户/')} "/")) ((${wire('共享/')} "/"))\r`)
  const box = of('gu', '督办/重点')
  const told = await succeeds(bai, `LIST "" ${wire('其他用户').slice(0, -1)}*" RETURN (MYRIGHTS STATUS (MESSAGES))`)
  assert.ok(told.includes(`* LIST (\\HasNoChildren) "/" ${box}\r\n* MYRIGHTS ${box} "lr"\r\n* STATUS ${box} (MESSAGES 1)\r\n`), told)
  assert.doesNotMatch(told, /secret|INBOX/)
  assert.ok((await succeeds(bai, 'LIST "" %')).includes(`* LIST (\\NonExistent \\Noselect \\HasChildren) "/" ${wire('其他用户')}\r\n`))
  assert.doesNotMatch(await succeeds(bai, 'LSUB "" *'), new RegExp(encodeMailboxName('重点')))
  await succeeds(bai, `SUBSCRIBE ${box}`)
  assert.ok((await succeeds(bai, 'LSUB "" *')).includes(`* LSUB () "/" ${box}\r\n`))
  assert.match(await succeeds(bai, `STATUS ${box} (MESSAGES UNSEEN)`), /\(MESSAGES 1 UNSEEN 1\)/)
  for (const hidden of [of('gu', 'secret'), of('gu', 'INBOX'), of('gu', 'nothing'), of('nobody', 'INBOX'), wire('共享/无此单位/INBOX')]) {
    for (const command of [`SELECT ${hidden}`, `STATUS ${hidden} (MESSAGES)`, `MYRIGHTS ${hidden}`, `GETACL ${hidden}`, `DELETE ${hidden}`, `SUBSCRIBE ${hidden}`, `GETQUOTAROOT ${hidden}`, `RENAME ${hidden} mine`]) await refused(bai, command, 'NONEXISTENT')
    await refused(bai, `CREATE ${hidden.slice(0, -1)}/x"`, 'NOPERM')
  }
  await refused(bai, `CREATE ${of('gu', 'secret')}`, 'NOPERM')
  await refused(bai, `GETACL ${box}`, 'NOPERM')
  await refused(bai, `SETACL ${box} bai lra`, 'NOPERM')
  assert.match(await succeeds(bai, `GETQUOTAROOT ${box}`), new RegExp(`QUOTAROOT [^\\r]*\\r\\n\\* QUOTA ${wire('其他用户/gu').replaceAll('+', '\\+')} \\(STORAGE 1 48\\)`))
  assert.match(await succeeds(bai, `GETQUOTA ${wire('其他用户/gu')}`), /STORAGE 1 48/)
  await refused(bai, `GETQUOTA ${wire('其他用户/lin')}`, 'NONEXISTENT')
})

test('reading only: flags, moving and expunging are refused; reading marks nothing as seen', limit, async () => {
  const [chen, deng] = [await it.signedIn('chen'), await it.signedIn('deng')]
  await it.append(chen, 'INBOX', message('one'))
  await say(chen, 'INBOX', 'deng', 'lr')
  const box = of('chen', 'INBOX')
  assert.match(await succeeds(deng, `SELECT ${box}`), /PERMANENTFLAGS \(\)\][^]*x OK \[READ-ONLY\]/)
  assert.match(await succeeds(deng, 'FETCH 1 (FLAGS BODY[TEXT])'), /FLAGS \(\) BODY\[TEXT\] \{6\}/)
  for (const command of ['STORE 1 +FLAGS (\\Seen)', 'STORE 1 FLAGS ()', 'EXPUNGE', 'UID EXPUNGE 1', 'MOVE 1 INBOX', `COPY 1 ${box}`, `DELETE ${box}`, `CREATE ${of('chen', 'INBOX/x')}`]) await refused(deng, command, 'NOPERM')
  await succeeds(deng, 'CLOSE')
  assert.match(await deng.say(`p APPEND ${box} {3+}\r\nx\r\n\r\n`, /^p /m), /^p NO \[NOPERM\]/m)
  assert.match(await succeeds(chen, 'STATUS INBOX (MESSAGES UNSEEN)'), /MESSAGES 1 UNSEEN 1/)
  const part = `APPEND INBOX CATENATE (URL "/${encodeURIComponent('其他用户')}/chen/INBOX/;UID=1")`
  await succeeds(deng, part)
  await say(chen, 'INBOX', 'deng', 'l')
  assert.match(await ask(deng, part), /^x NO \[BADURL/m)
  await refused(deng, `SELECT ${box}`, 'NOPERM')
  assert.doesNotMatch(await succeeds(deng, 'LIST "" * RETURN (STATUS (MESSAGES))'), /STATUS "[^"]*chen/)
})

test('each flag has its right; what is put in bears only flags that may be set', limit, async () => {
  const [fang, han] = [await it.signedIn('fang'), await it.signedIn('han')]
  await it.append(fang, 'INBOX', message('one'), '(\\Flagged) ')
  await say(fang, 'INBOX', 'han', 'lrsi')
  const box = of('fang', 'INBOX')
  assert.match(await succeeds(han, `SELECT ${box}`), /PERMANENTFLAGS \(\\Seen\)\][^]*x OK \[READ-WRITE\]/)
  assert.match(await succeeds(han, 'STORE 1 FLAGS (\\Seen \\Deleted $Work)'), /FETCH \(FLAGS \(\\Flagged \\Seen\)\)/)
  await refused(han, 'STORE 1 +FLAGS (\\Deleted)', 'NOPERM')
  await it.append(han, box, message('two'), '(\\Seen \\Flagged) ')
  await it.append(han, 'INBOX', message('three'), '(\\Flagged \\Deleted) ')
  await succeeds(han, 'SELECT INBOX')
  assert.match(await succeeds(han, `COPY 1 ${box}`), /^x OK \[COPYUID \d+ 1 3\]/m)
  assert.match(await succeeds(fang, 'SELECT INBOX'), /^\* 3 EXISTS/m)
  assert.match(await succeeds(fang, 'FETCH 1:3 FLAGS'), /1 FETCH \(FLAGS \(\\Flagged \\Seen\)\)\r\n\* 2 FETCH \(FLAGS \(\\Seen\)\)\r\n\* 3 FETCH \(FLAGS \(\)\)/)
  await say(fang, 'INBOX', 'han', 'lrte')
  await succeeds(han, `SELECT ${box}`)
  assert.match(await succeeds(han, 'MOVE 3 INBOX'), /COPYUID[^]*\* 3 EXPUNGE/)
  assert.match(await succeeds(fang, 'STATUS INBOX (MESSAGES)'), /MESSAGES 2/)
})

test('mailboxes below inherit; renaming keeps rights, and no mailbox leaves its account; the quota is the owner’s', limit, async () => {
  const [jiang, kong] = [await it.signedIn('jiang'), await it.signedIn('kong')]
  await succeeds(jiang, 'CREATE work')
  await say(jiang, 'work', 'kong', 'lrikx')
  await succeeds(kong, `CREATE ${of('jiang', 'work/2026/plans')}`)
  assert.match(await succeeds(jiang, 'GETACL work/2026/plans'), /"jiang" "lrswipkxteacd" "kong" "lrikxc"/)
  await succeeds(jiang, 'RENAME work/2026/plans work/done')
  await succeeds(kong, `RENAME ${of('jiang', 'work/done')} ${of('jiang', 'work/old')}`)
  await refused(kong, `RENAME ${of('jiang', 'work/old')} mine`, 'CANNOT')
  await refused(kong, `RENAME ${of('jiang', 'work/old')} ${of('jiang', 'old')}`, 'NOPERM')
  await it.append(kong, of('jiang', 'work/old'), message('one', 'x'.repeat(40_000)))
  assert.match(await kong.say(`p APPEND ${of('jiang', 'work/old')} {20000+}\r\n${'y'.repeat(20_000)}\r\n`, /^p /m), /^p NO \[OVERQUOTA\]/m)
  assert.match(await succeeds(jiang, 'GETQUOTAROOT INBOX'), /STORAGE 40 48/)
  assert.match(await succeeds(kong, 'GETQUOTAROOT INBOX'), /STORAGE 0 48/)
  await succeeds(kong, `DELETE ${of('jiang', 'work/old')}`)
  await succeeds(jiang, 'CREATE work/old')
  assert.match(await succeeds(jiang, 'GETACL work/old'), /"kong" "lrikxc"/)
})

test('a negative right outweighs what everybody has; rights that end while a mailbox is open are told at once', limit, async () => {
  const [luo, ma, lin] = [await it.signedIn('luo'), await it.signedIn('ma'), await it.signedIn('lin')]
  await it.append(luo, 'INBOX', message('one'))
  await say(luo, 'INBOX', 'anyone', 'lrs')
  const box = of('luo', 'INBOX')
  await succeeds(ma, `SELECT ${box}`)
  await succeeds(lin, `SELECT ${box}`)
  await say(luo, 'INBOX', '-ma', 's')
  await refused(ma, 'STORE 1 +FLAGS (\\Seen)', 'NOPERM')
  await succeeds(lin, 'STORE 1 +FLAGS (\\Seen)')
  await lin.say('i IDLE\r\n', /^\+ idling/m)
  await it.append(luo, 'INBOX', message('two'))
  await lin.say('', /^\* 2 EXISTS/m)
  await say(luo, 'INBOX', '-lin', 'lr')
  await lin.say('', /^\* NO \[NOPERM\] you may no longer read this mailbox\r$/m)
  await it.append(luo, 'INBOX', message('three'))
  assert.doesNotMatch(await lin.say('DONE\r\n', /^i OK/m), /EXISTS/)
  for (const command of ['FETCH 1 (FLAGS)', 'SEARCH ALL', 'STORE 1 -FLAGS (\\Seen)', 'COPY 1 INBOX']) await refused(lin, command, 'NOPERM')
  await refused(lin, `STATUS ${box} (MESSAGES)`, 'NONEXISTENT')
  assert.doesNotMatch(await succeeds(lin, 'NOOP'), /EXISTS|FETCH/)
  await succeeds(lin, 'SELECT INBOX')
  await succeeds(luo, 'DELETEACL INBOX anyone')
  await refused(ma, 'FETCH 1 (FLAGS)', 'NOPERM')
  await refused(ma, `SELECT ${box}`, 'NONEXISTENT')
})

test('mailboxes read by office stand under the name of their account, in whatever way it is written', limit, async () => {
  const opened = await Promise.all(['机要/督办', '值班', '值班'].map((name, at) => it.runtime.command(null, (ctx) => openAccount(ctx, { kind: 'shared', ownerId: null, name, address: `shared-${at}@cn.example`, quota: 1_000_000 }))))
  for (const [at, id] of opened.entries()) await sql`insert into mail_account_right (account_id, person_id, may_send, source, granted_at) select ${id}, owner_id, ${at === 0}, 'manual', now() from mail_account where login = 'bai'`.execute(it.runtime.db)
  const client = new ImapFlow({ host: '127.0.0.1', port: it.port, secure: false, doSTARTTLS: false, auth: { user: 'bai', pass: PASSWORD }, logger: false })
  await client.connect()
  const found = (await client.list()).filter(({ path }) => path.startsWith('共享/'))
  assert.deepEqual(found.filter(({ name }) => name === 'INBOX').map(({ path, subscribed }) => [path, subscribed]), [['共享/值班（shared-1@cn.example）/INBOX', true], ['共享/值班（shared-2@cn.example）/INBOX', true], ['共享/机要／督办/INBOX', true]])
  await client.append('共享/机要／督办/INBOX', message('one'))
  const lock = await client.getMailboxLock('共享/机要／督办/INBOX')
  assert.equal(await client.messageFlagsAdd('1', ['\\Seen', '\\Flagged']), true)
  assert.deepEqual(await client.search({ seen: true }), [1])
  lock.release()
  await client.logout()
  const bai = await it.signedIn('bai')
  assert.match(await succeeds(bai, `MYRIGHTS ${wire('共享/机要／督办/INBOX')}`), /"lrswipkxteacd"/)
  assert.match(await succeeds(bai, `MYRIGHTS ${wire('共享/值班（shared-1@cn.example）/INBOX')}`), /"lrsw"/)
  await say(bai, wire('共享/机要／督办/INBOX'), 'gu', 'lr')
  assert.match(await succeeds(await it.signedIn('gu'), `STATUS ${wire('共享/机要／督办/INBOX')} (MESSAGES)`), /MESSAGES 1/)
  await sql`update mail_account set status = 'off' where id = ${opened[0] ?? randomUUID()}`.execute(it.runtime.db)
  await refused(bai, `SELECT ${wire('共享/机要／督办/INBOX')}`, 'NONEXISTENT')
})
