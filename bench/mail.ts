/** Our IMAP and POP3 beside Dovecot on this machine in one run, then ours alone: `npm run bench:mail [-- peers | delivery | large | idle <sessions> | notify <sessions> | notice <mailboxes> | recipes | scanners | signatures]`. */
import { PASSWORD } from '#test/mail/imap.ts'
import { percentiles, report } from './harness.ts'
import { BenchClient } from './mail/client.ts'
import { delivery } from './mail/delivery.ts'
import { idle } from './mail/idle.ts'
import { appending, bodies, fetching, type Figure, login, pop3 } from './mail/parts.ts'
import { notice } from './mail/notice.ts'
import { dovecot, ours, type Peer } from './mail/peers.ts'
import { recipes } from './mail/recipes.ts'
import { scanners } from './mail/scanners.ts'
import { signatures } from './mail/signatures.ts'

const FEW = Number(process.env['BENCH_MESSAGES'] ?? 10_000)
const MANY = 100_000

async function figuresOf(peer: Peer): Promise<readonly Figure[]> {
  return [...(await login(peer)), ...(await fetching(peer, FEW)), ...(await bodies(peer, FEW)), ...(await appending(peer)), ...(await pop3(peer, FEW))]
}

/** Ours as a share of the peer's: more is better for rates, less for times. */
async function peers(): Promise<void> {
  const own = await ours(FEW, 0, 0)
  const mine = await figuresOf(own)
  await own.stop()
  const peer = await dovecot(FEW)
  if (peer === null) console.log('Dovecot is left out: it is not installed (apt install dovecot-imapd dovecot-pop3d), or this user may not start it')
  const theirs = peer === null ? [] : await figuresOf(peer)
  await peer?.stop()
  report('mail-peers', mine.map(({ what, unit, value }, at) => ({ what, unit, ours: value, Dovecot: theirs[at]?.value ?? null, ratio: theirs[at] === undefined ? null : Number((value / theirs[at].value).toFixed(2)) })))
}

/** The whole way of a message, beside Postfix and Dovecot. */
async function deliveries(): Promise<void> {
  const own = await ours(0, 0, 0)
  const mine = await delivery(own)
  await own.stop()
  const peer = await dovecot(1)
  if (peer === null || peer.smtp === 0) console.log('Postfix and Dovecot are left out: they are not installed (apt install postfix dovecot-lmtpd dovecot-imapd dovecot-pop3d), or this user may not start them')
  const theirs = peer === null || peer.smtp === 0 ? [] : await delivery(peer)
  await peer?.stop()
  report('mail-delivery', mine.map(({ what, unit, value }, at) => ({ what, unit, ours: value, 'Postfix and Dovecot': theirs[at]?.value ?? null, ratio: theirs[at] === undefined ? null : Number((value / theirs[at].value).toFixed(2)) })))
}

async function large(): Promise<void> {
  const server = await ours(0, MANY, 0)
  const client = await BenchClient.open(server.imap)
  await client.command(`LOGIN many ${PASSWORD}`)
  const times: number[] = []
  for (let run = 0; run < 15; run++) {
    const begin = performance.now()
    await client.command('SELECT INBOX')
    times.push(performance.now() - begin)
  }
  client.close()
  await server.stop()
  report('mail-large', [{ what: `SELECT of ${MANY}`, ...percentiles(times) }])
}

const [part, count] = process.argv.slice(2)
if (part === undefined || part === 'peers') await peers()
if (part === undefined || part === 'delivery') await deliveries()
if (part === undefined || part === 'large') await large()
if (part === undefined || part === 'idle') report('mail-idle', await idle(Number(count ?? 10_000)))
if (part === undefined || part === 'notify') report('mail-notify', await idle(Number(count ?? 10_000), 'notify'))
if (part === undefined || part === 'notice') report('mail-notice', await notice(Number(count ?? 10_000)))
if (part === undefined || part === 'recipes') report('mail-recipes', await recipes())
if (part === 'scanners') report('mail-scanners', await scanners())
if (part === undefined || part === 'signatures') report('mail-signatures', await signatures())
process.exit(0)
