/** Our mail servers in a process of their own, with SMTP in for everybody: `few` has 10,000 messages of 10 KB, `many` 100,000 in one mailbox, `idle<n>` and `box0` to `box19` empty ones. `BENCH_SCANNING`: scanners to ask (JSON). Talks to the bench by messages. */
import { sql } from 'kysely'
import type { Scanning } from '#platform/config/contract.ts'
import { openImap, PASSWORD } from '#test/mail/imap.ts'
import { durableServer } from '../durable.ts'
import { noteAnswered } from '#mail/transport/server/answered.ts'
import { transportParts } from '#mail/transport/server/parts.ts'
import { scanOf } from '#mail/transport/server/scan/scanners.ts'
import { smtpService } from '#mail/transport/server/smtp-service.ts'
import { mailParts } from '#mail/store/server/parts.ts'
import { verifyMail } from '#mail/store/server/verify.ts'
import { listening } from '#mail/smtp/test/client.ts'
import { BenchClient } from './client.ts'
import { BOXES, messageOf } from './messages.ts'

const [few = 0, many = 0, idle = 0] = process.argv.slice(2).map(Number)
const scanning = process.env['BENCH_SCANNING']
const stop = await durableServer(`mail-${process.pid}`)
const it = await openImap(['few', 'many', ...Array.from({ length: BOXES }, (_, at) => `box${at}`), ...Array.from({ length: idle }, (_, at) => `idle${at}`)], 1e12)

/** Octets of a message are parsed once for each; so many at once as a client would append. */
async function fill(name: string, count: number): Promise<void> {
  const client = await BenchClient.open(it.port)
  await client.command(`LOGIN ${name} ${PASSWORD}`)
  const each = 100
  for (let at = 0; at < count; at += each) {
    const messages = Array.from({ length: Math.min(each, count - at) }, (_, place) => messageOf(at + place).toString('latin1'))
    await client.command(`APPEND INBOX${messages.map((text) => ` {${text.length}+}\r\n${text}`).join('')}`)
  }
  client.close()
}

/** Entries of one message, so many as SELECT has to tell. */
async function fillFast(name: string, count: number): Promise<void> {
  await fill(name, 1)
  await sql`
    with box as (select m.id, e.message_id, e.size from mail_mailbox m join mail_entry e on e.mailbox_id = m.id where m.account_id = ${it.ids.get(name)} and m.name = 'INBOX'),
      added as (insert into mail_entry (mailbox_id, uid, message_id, modseq, size, internal_at, saved_at) select box.id, n, box.message_id, n, box.size, now(), now() from box, generate_series(2, ${count}::int) n)
    update mail_mailbox m set uid_next = ${count} + 1, modseq = ${count} + 1, messages = ${count}, unseen = ${count}, size = box.size * ${count} from box where m.id = box.id`.execute(it.runtime.db)
  await sql`analyze mail_entry`.execute(it.runtime.db)
}

if (few > 0) await fill('few', few)
if (many > 0) await fillFast('many', many)
const smtp = await listening(smtpService(transportParts(it.runtime, { host: 'mail.cn.example', ...(scanning !== undefined && { scan: scanOf({ ...it.runtime, listening: { ports: { smtp: 0, submission: 0, smtps: 0, lmtp: 0, imap: 0, imaps: 0, pop3: 0, pop3s: 0 }, roles: [], tls: undefined, plainLogin: 'on', scanning: JSON.parse(scanning) as Scanning } }) }) }), () => ({ login: async () => null }), noteAnswered(it.runtime)), { kind: 'mx', name: 'mail.cn.example', tls: null, plainLogin: false, log: (error) => console.error(error) })
/** Tells what `mail verify` finds and how many errors there were inside. */
async function verified(): Promise<void> {
  const { problems } = await it.runtime.command(null, (ctx) => verifyMail(ctx, mailParts(it.runtime).blobs, () => undefined))
  process.send?.({ problems: problems.length, failures: it.errors.length })
}
process.on('message', (what) => {
  if (what === 'memory') {
    globalThis.gc?.()
    process.send?.({ memory: process.memoryUsage() })
  } else if (what === 'verify') void verified()
  else void it.close().then(stop).then(() => process.exit(0))
})
process.send?.({ imap: it.port, pop: it.popPort, smtp: smtp.port })
