/** Messages a second from the first connection to the last message that IMAP tells of, beside Postfix → LMTP → Dovecot. */
import { setTimeout as pause } from 'node:timers/promises'
import { rawClient } from '#mail/smtp/test/client.ts'
import { PASSWORD } from '#test/mail/imap.ts'
import { BenchClient } from './client.ts'
import { BOXES, messageOf } from './messages.ts'
import type { Figure } from './parts.ts'
import type { Peer } from './peers.ts'

/** Messages in all mailboxes together. */
async function arrived(clients: readonly BenchClient[]): Promise<number> {
  const counts = await Promise.all(clients.map(async (client) => Number(/MESSAGES (\d+)/.exec((await client.command('STATUS INBOX (MESSAGES)')).toString('latin1'))?.[1] ?? 0)))
  return counts.reduce((sum, count) => sum + count, 0)
}

/** So many messages were made; no two are equal, since the same octets again at once would be the same message. */
let made = 0

async function send(port: number, octets: string, from: number, step: number, count: number): Promise<void> {
  const client = await rawClient(port)
  await client.say('EHLO bench.example\r\n', /^250 .*\r\n/m)
  for (let at = from; at < count; at += step) {
    await client.say(`MAIL FROM:<a@far.example>\r\nRCPT TO:<box${at % BOXES}@cn.example>\r\nDATA\r\n`, /^354/m)
    await client.say(`${octets.replace(/^Message-ID: <\d+/mu, `Message-ID: <${process.pid}.${++made}`)}.\r\n`, /^250/m)
  }
  client.socket.write('QUIT\r\n')
  await client.rest()
}

async function delivered(peer: Peer, watching: readonly BenchClient[], octets: Buffer, connections: number, count: number): Promise<number> {
  const before = await arrived(watching)
  const text = octets.toString('latin1').replace(/^\./gm, '..')
  const begin = performance.now()
  await Promise.all(Array.from({ length: connections }, (_, from) => send(peer.smtp, text, from, connections, count)))
  while ((await arrived(watching)) < before + count) await pause(5)
  return (performance.now() - begin) / 1_000
}

/** @param peer where `box0@cn.example` and the others are delivered to */
export async function delivery(peer: Peer): Promise<readonly Figure[]> {
  const watching = await Promise.all(Array.from({ length: BOXES }, async (_, at) => {
    const client = await BenchClient.open(peer.imap)
    await client.command(`LOGIN box${at} ${PASSWORD}`)
    return client
  }))
  const [small, large] = [messageOf(1), messageOf(2, 1_000_000)]
  await delivered(peer, watching, small, 10, 100)
  const figures: Figure[] = []
  for (const [what, octets, connections, count] of [['10 KB', small, 1, 200], ['10 KB', small, 10, 600], ['10 KB', small, 50, 600], ['1 MB', large, 10, 60]] as const) {
    const seconds = await delivered(peer, watching, octets, connections, count)
    figures.push({ what: `delivery of ${what}, SMTP to visible by IMAP, ${connections} at once`, unit: 'per s', value: Number((count / seconds).toPrecision(3)) })
  }
  for (const client of watching) client.close()
  return figures
}
