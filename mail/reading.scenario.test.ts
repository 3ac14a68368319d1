/** Reading mail over HTTP: what is shown, what is not, and to whom. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { type District, openDistrict } from '#test/mail/district.ts'
import type { TestRuntime } from '#test/runtime.ts'
import { hostileMail } from '#test/mail/hostile.ts'
import { compose } from './seed/compose.ts'
import { addEntries } from './store/server/entries.ts'
import { keepMessage } from './store/server/messages.ts'
import { whole } from './store/server/octets.ts'
import { mailBlobs } from './store/server/parts.ts'

let it: TestRuntime
let district: District
let base = ''
let lin = ''
let inbox = 0

before(async () => {
  district = await openDistrict()
  ;({ it, base } = district)
  lin = await signIn('linxiaowen')
  inbox = (await folders(lin)).items[0]?.id ?? 0
})
after(async () => {
  await district.close()
})

const signIn = (login: string): Promise<string> => district.signIn(login)
const get = (cookie: string, path: string): Promise<Response> => fetch(base + path, { headers: { cookie } })
const read = async <T>(cookie: string, path: string): Promise<T> => {
  const answer = await get(cookie, path)
  assert.equal(answer.status, 200, await answer.clone().text())
  return (await answer.json()) as T
}
const codeOf = async (answer: Response): Promise<string> => ((await answer.json()) as { error: { code: string } }).error.code
type Folders = { account: { id: string; name: string }; accounts: { id: string; name: string; kind: string }[]; items: { id: number; name: string; unseen: number }[] }
type Messages = { items: { uid: number; subject: string; seen: boolean; attachments: number }[]; next: string | null }
const folders = (cookie: string, account = ''): Promise<Folders> => read(cookie, `/api/mail/folders${account === '' ? '' : `?account=${account}`}`)

/** Puts a message into a mailbox; answers its UID. */
async function arrive(raw: Buffer, mailboxId = inbox): Promise<number> {
  const draft = await mailBlobs(it.runtime).write((async function* () { yield raw })(), 10_000_000)
  await draft.keep()
  return it.runtime.command(null, async (ctx) => (await addEntries(ctx, [{ mailboxId, messageId: await keepMessage(ctx, raw, whole(draft.hash)), size: raw.length, flags: [], internalAt: ctx.now, savedAt: ctx.now }]))[0] ?? 0)
}
const letter = (subject: string, text = '正文', enclosures: Parameters<typeof compose>[0]['enclosures'] = []): Buffer =>
  compose({ id: `${subject}@x`, from: { name: '顾云程', address: 'gu@cn.example' }, to: [{ name: '林晓雯', address: 'lin@cn.example' }], subject, at: new Date('2026-11-25T02:00:00Z'), text, enclosures })

test('one’s own mailbox comes first; folders in the order people expect', async () => {
  const { account, items } = await folders(lin)
  assert.deepEqual([account.name, items.map(({ name }) => name)], ['林晓雯', ['INBOX', '草稿箱', '已发送', '归档', '垃圾邮件', '已删除']])
})

test('a letter is listed, shown with its attachment, and read only when it is marked', async () => {
  const octets = Buffer.from('值班表内容 \u0000\u0001 end')
  const uid = await arrive(letter('值班安排', '请查收附件。', [{ name: '12月值班表".csv', type: 'text/csv', octets }]))
  const listed = (await read<Messages>(lin, `/api/mail/messages?mailbox=${inbox}`)).items.find((one) => one.uid === uid)
  assert.deepEqual([listed?.subject, listed?.seen, listed?.attachments], ['值班安排', false, 1])
  const message = await read<{ text: string; html: boolean; from: unknown; attachments: { path: string; name: string; size: number }[] }>(lin, `/api/mail/message?mailbox=${inbox}&uid=${uid}`)
  assert.deepEqual([message.text.trim(), message.html, message.from], ['请查收附件。', false, [{ name: '顾云程', address: 'gu@cn.example' }]])
  const [file] = message.attachments
  assert.equal(file?.name, '12月值班表_.csv')
  assert.ok(Math.abs((file?.size ?? 0) - octets.length) <= 2)
  const saved = await get(lin, `/api/mail/attachment?mailbox=${inbox}&uid=${uid}&part=${file?.path}`)
  assert.deepEqual(Buffer.from(await saved.arrayBuffer()), octets)
  assert.match(saved.headers.get('content-disposition') ?? '', /^attachment; filename="12_____.csv"; filename\*=UTF-8''12%E6%9C%88/)
  assert.equal(saved.headers.get('content-type'), 'application/octet-stream')
  assert.equal((await read<{ seen: boolean }>(lin, `/api/mail/message?mailbox=${inbox}&uid=${uid}`)).seen, false)
  const marked = await fetch(`${base}/api/mail/mark`, { method: 'POST', headers: { cookie: lin, 'content-type': 'application/json' }, body: JSON.stringify({ mailbox: inbox, uids: [uid], seen: true, flagged: true }) })
  assert.equal(marked.status, 200)
  assert.deepEqual((await read<Messages>(lin, `/api/mail/messages?mailbox=${inbox}&flagged=1`)).items.map((one) => [one.uid, one.seen]), [[uid, true]])
  assert.match(await (await get(lin, `/api/mail/original?mailbox=${inbox}&uid=${uid}`)).text(), /^Date: /)
  assert.match((await read<{ text: string }>(lin, `/api/mail/headers?mailbox=${inbox}&uid=${uid}`)).text, /^Subject: 值班安排$/m)
})

test('hostile HTML comes out harmless, under a policy that lets nothing run or load', async () => {
  const uid = await arrive(hostileMail())
  const answer = await get(lin, `/api/mail/body?mailbox=${inbox}&uid=${uid}`)
  const [html, policy] = [await answer.text(), answer.headers.get('content-security-policy') ?? '']
  assert.match(policy, /^sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none';/)
  assert.doesNotMatch(policy, /allow-scripts|allow-same-origin|allow-forms|script-src|https?:/)
  assert.doesNotMatch(html, /<script|onerror|onload|onclick|<form|<input|<iframe|<svg|="[^"]*evil\.example\/(?!link)|url\(|javascript:|position:/i)
  assert.match(html, /外部图片未显示/)
  assert.match(html, /data:image\/png;base64,/)
  assert.match(html, /这是正文/)
})

test('search finds words of two signs in subject, text and names of attachments', async () => {
  const uid = await arrive(letter('关于防汛的通知', '请各街道做好排水准备', [{ name: '泵站清单.txt', type: 'text/plain', octets: Buffer.from('x') }]))
  for (const word of ['防汛', '排水', '泵站', '防汛 泵站', '顾云程 排水']) assert.deepEqual((await read<Messages>(lin, `/api/mail/messages?mailbox=${inbox}&search=${encodeURIComponent(word)}`)).items.map((one) => one.uid), [uid], word)
  assert.deepEqual((await read<Messages>(lin, `/api/mail/messages?mailbox=${inbox}&search=${encodeURIComponent('100%_')}`)).items, [])
})

test('a folder is read page by page without gaps or doubles', async () => {
  const sent = (await folders(lin)).items[2]?.id ?? 0
  for (let n = 0; n < 25; n++) await arrive(letter(`第${n}封`), sent)
  const seen: string[] = []
  for (let next: string | null = ''; next !== null;) {
    const page: Messages = await read(lin, `/api/mail/messages?mailbox=${sent}&limit=10${next === '' ? '' : `&after=${next}`}`)
    seen.push(...page.items.map(({ subject }) => subject))
    next = page.next
  }
  assert.deepEqual(seen, Array.from({ length: 25 }, (_, n) => `第${24 - n}封`))
})

test('nobody reads another’s mail; an organisation’s is read by its office', async () => {
  const gu = await signIn('guyuncheng')
  const [{ uid = 0 } = {}] = (await read<Messages>(lin, `/api/mail/messages?mailbox=${inbox}`)).items
  for (const path of [`messages?mailbox=${inbox}`, `message?mailbox=${inbox}&uid=${uid}`, `body?mailbox=${inbox}&uid=${uid}`, `attachment?mailbox=${inbox}&uid=${uid}&part=2`, `original?mailbox=${inbox}&uid=${uid}`, `headers?mailbox=${inbox}&uid=${uid}`]) {
    const answer = await get(gu, `/api/mail/${path}`)
    assert.deepEqual([answer.status, await codeOf(answer)], [404, 'mail.mailbox.missing'], path)
  }
  const organisation = (await folders(gu)).accounts.find(({ kind }) => kind === 'organisation') ?? assert.fail('the secretary does not see the office’s mailbox')
  assert.equal((await folders(gu, organisation.id)).account.id, organisation.id)
  assert.equal((await get(lin, `/api/mail/folders?account=${organisation.id}`)).status, 403)
  assert.equal((await fetch(`${base}/api/mail/folders`)).status, 401)
})

test('what is gone, wrong or not there is told', async () => {
  for (const [path, status, code] of [
    ['messages?mailbox=999999', 404, 'mail.mailbox.missing'], [`message?mailbox=${inbox}&uid=999999`, 404, 'mail.message.missing'], [`attachment?mailbox=${inbox}&uid=1&part=9.9`, 404, 'mail.attachment.missing'],
    [`attachment?mailbox=${inbox}&uid=1&part=../1`, 400, 'http.invalid'], ['messages?mailbox=x', 400, 'http.invalid'],
  ] as const) {
    const answer = await get(lin, `/api/mail/${path}`)
    assert.deepEqual([answer.status, await codeOf(answer)], [status, code], path)
  }
})

test('a folder of 100,000 messages opens at once', { timeout: 120_000 }, async () => {
  const archive = (await folders(lin)).items[3]?.id ?? 0
  await arrive(letter('很多'), archive)
  await sql`insert into mail_entry (mailbox_id, uid, message_id, modseq, flags, keywords, size, internal_at, saved_at)
    select mailbox_id, uid + n, message_id, modseq, 1, '{}', size, internal_at, saved_at from mail_entry, generate_series(1, 100000) n where mailbox_id = ${archive}`.execute(it.runtime.db)
  await sql`analyze mail_entry`.execute(it.runtime.db)
  const took: number[] = []
  for (const query of ['', '&after=50000', '&unread=1', '', '&after=50000', '&unread=1']) {
    const start = performance.now()
    await read<Messages>(lin, `/api/mail/messages?mailbox=${archive}${query}`)
    took.push(performance.now() - start)
  }
  assert.ok(Math.min(...took.slice(3)) < 300, `slow: ${took.map(Math.round).join(' ')}`)
})

test('what speaks against an author is told with the message', async () => {
  const verdicts = [
    [{ dmarc: { result: 'fail', domain: 'strict.example', policy: 'reject' }, imitates: null }, { domain: 'strict.example', imitates: null }],
    [{ dmarc: { result: 'pass', domain: 'twin.example', policy: 'none' }, imitates: 'own.example' }, { domain: 'twin.example', imitates: 'own.example' }],
    [{ dmarc: { result: 'pass', domain: 'good.example', policy: 'reject' }, imitates: null }, null],
    [null, null],
  ] as const
  for (const [verdict, expected] of verdicts) {
    const uid = await arrive(letter('发件域名的验证', '正文'))
    await sql`insert into mail_submission (id, way, sender, message_id, size, utf8, received, verdict, fingerprint, answered, created_at)
      select gen_random_uuid(), 'smtp', 'a@strict.example', message_id, 1, false, '', ${verdict === null ? null : JSON.stringify(verdict)}::jsonb, '', true, now() from mail_entry where mailbox_id = ${inbox} and uid = ${uid}`.execute(it.runtime.db)
    assert.deepEqual((await read<{ doubt: unknown }>(lin, `/api/mail/message?mailbox=${inbox}&uid=${uid}`)).doubt, expected)
  }
})
