/** So many sessions that wait, in IDLE or told by NOTIFY of all their mailboxes: memory of each, and how soon they hear of new mail. */
import { PASSWORD } from '#test/mail/imap.ts'
import { hammer, percentiles } from '../harness.ts'
import { BenchClient } from './client.ts'
import { messageOf } from './messages.ts'
import { ours } from './peers.ts'

const ACCOUNTS = 1_000
const WAKES = 300

const EVENTS = '(MessageNew MessageExpunge FlagChange MailboxName SubscriptionChange)'

async function waiting(port: number, index: number, how: 'idle' | 'notify'): Promise<BenchClient> {
  const client = await BenchClient.open(port)
  await client.command(`LOGIN idle${index % ACCOUNTS} ${PASSWORD}`)
  await client.command('SELECT INBOX')
  if (how === 'notify') {
    await client.command(`NOTIFY SET (selected (MessageNew MessageExpunge)) (personal ${EVENTS})`)
    return client
  }
  const going = client.until((tail) => /\+ [^\r\n]*\r\n$/.test(tail))
  client.socket.write('i IDLE\r\n')
  await going
  return client
}

/** Time from the answer to an APPEND until all sessions of that account heard of it. */
async function wake(sender: BenchClient, account: number, sessions: readonly BenchClient[]): Promise<number> {
  await sender.command(`LOGIN idle${account} ${PASSWORD}`)
  const heard = sessions.map((client) => new Promise<void>((resolve) => (client.onData = (chunk) => void (chunk.includes('EXISTS') && resolve()))))
  const text = messageOf(account, 2_000).toString('latin1')
  await sender.command(`APPEND INBOX {${text.length}+}\r\n${text}`)
  const begin = performance.now()
  await Promise.all(heard)
  return performance.now() - begin
}

export async function idle(count: number, how: 'idle' | 'notify' = 'idle'): Promise<readonly object[]> {
  const server = await ours(0, 0, ACCOUNTS)
  const [before, alive] = [await server.memory(), await server.heap()]
  const clients: BenchClient[] = []
  const { seconds } = await hammer(count, 50, async (index) => void (clients[index] = await waiting(server.imap, index, how)))
  const after = await server.memory()
  const times: number[] = []
  for (let at = 0; at < WAKES; at++) {
    const account = (at * 7) % ACCOUNTS
    const sender = await BenchClient.open(server.imap)
    times.push(await wake(sender, account, clients.filter((_, index) => index % ACCOUNTS === account)))
    sender.close()
  }
  const { p50, p99 } = percentiles(times)
  const [later, laterAlive] = [await server.memory(), await server.heap()]
  for (const client of clients) client.close()
  await server.stop()
  return [{ [`${how} sessions`]: count, 'opened per s': Math.round(count / seconds), 'KiB each': Number(((after - before) / count / 1_024).toFixed(1)), 'KiB each after the wakes': Number(((later - before) / count / 1_024).toFixed(1)), 'of that alive': Number(((laterAlive - alive) / count / 1_024).toFixed(1)), 'wake p50 ms': p50, 'wake p99 ms': p99 }]
}
