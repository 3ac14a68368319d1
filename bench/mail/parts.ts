/** What is measured at each server: rates a second and milliseconds. */
import { PASSWORD } from '#test/mail/imap.ts'
import { hammer, percentiles } from '../harness.ts'
import { BenchClient } from './client.ts'
import { messageOf } from './messages.ts'
import type { Peer } from './peers.ts'

export type Figure = { readonly what: string; readonly unit: 'per s' | 'ms'; readonly value: number }

const rounded = (value: number): number => Number(value.toPrecision(3))
const rate = (what: string, count: number, seconds: number): Figure => ({ what, unit: 'per s', value: rounded(count / seconds) })

async function signedIn({ imap }: Peer, name = 'few'): Promise<BenchClient> {
  const client = await BenchClient.open(imap)
  await client.command(`LOGIN ${name} ${PASSWORD}`)
  return client
}

/** Runs `count` pieces of work over several clients, each of which does one after the other; answers the seconds. */
async function spread(clients: readonly BenchClient[], count: number, work: (client: BenchClient, index: number) => Promise<unknown>): Promise<number> {
  const begin = performance.now()
  await Promise.all(clients.map(async (client, first) => {
    for (let index = first; index < count; index += clients.length) await work(client, index)
  }))
  for (const client of clients) client.close()
  return (performance.now() - begin) / 1_000
}

/** The middle of several runs, as the first warms what is kept. */
async function timed(what: string, runs: number, work: () => Promise<unknown>): Promise<Figure> {
  const times: number[] = []
  for (let run = 0; run < runs; run++) {
    const begin = performance.now()
    await work()
    times.push(performance.now() - begin)
  }
  return { what, unit: 'ms', value: rounded(percentiles(times).p50) }
}

export async function login(peer: Peer): Promise<readonly Figure[]> {
  const { seconds } = await hammer(300, 10, async () => (await signedIn(peer)).close())
  return [rate('sign in, 10 at once, passwords compared as they are', 300, seconds)]
}

export async function fetching(peer: Peer, few: number): Promise<readonly Figure[]> {
  const client = await signedIn(peer)
  await client.command('SELECT INBOX')
  const figures = [
    await timed(`SELECT of ${few}`, 9, () => client.command('SELECT INBOX')),
    await timed(`FLAGS and ENVELOPE of ${few}`, 5, () => client.command('FETCH 1:* (FLAGS ENVELOPE)')),
    await timed(`UID FETCH FLAGS of ${few}`, 5, () => client.command('UID FETCH 1:* (FLAGS)')),
    await timed(`SEARCH TEXT in ${few}`, 3, () => client.command('SEARCH TEXT "needle in"')),
    await timed(`SEARCH UNSEEN SUBJECT in ${few}`, 3, () => client.command('SEARCH UNSEEN SUBJECT "Notice 99"')),
  ]
  client.close()
  return figures
}

export async function bodies(peer: Peer, few: number): Promise<readonly Figure[]> {
  const clients = await Promise.all(Array.from({ length: 10 }, () => signedIn(peer)))
  for (const client of clients) await client.command('SELECT INBOX')
  const count = 1_000
  const seconds = await spread(clients, count, (client, index) => client.command(`FETCH ${1 + (index * 7) % few} BODY.PEEK[]`))
  return [rate('BODY[] one by one, 10 at once', count, seconds)]
}

export async function appending(peer: Peer): Promise<readonly Figure[]> {
  const clients = await Promise.all(Array.from({ length: 10 }, () => signedIn(peer)))
  await clients[0]?.command('CREATE Appended')
  const text = messageOf(1).toString('latin1')
  const count = 500
  const seconds = await spread(clients, count, (client) => client.command(`APPEND Appended {${text.length}+}\r\n${text}`))
  return [rate('APPEND of 10 KB, 10 at once', count, seconds)]
}

export async function pop3({ pop }: Peer, few: number): Promise<readonly Figure[]> {
  const client = await BenchClient.open(pop)
  await client.pop('USER few', false)
  await client.pop(`PASS ${PASSWORD}`, false)
  const count = Math.min(500, few)
  const begin = performance.now()
  for (let at = 1; at <= count; at++) await client.pop(`RETR ${at}`, true)
  const seconds = (performance.now() - begin) / 1_000
  await client.pop('QUIT', false)
  client.close()
  return [rate('RETR of 10 KB, one after the other', count, seconds)]
}
