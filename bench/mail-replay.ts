/**
 * `npm run replay:mail [-- share]`: a day of an office's mail (60,000 letters, 3,000,000 IMAP commands) as fast as it goes, or a share of it, a hundredth unless told. Told is whether
 * all was answered, memory stayed flat, everybody has as many messages as the answers said, and `mail verify` is content.
 */
import { rawClient, type RawClient } from '#mail/smtp/test/client.ts'
import { PASSWORD } from '#test/mail/imap.ts'
import { report } from './harness.ts'
import { BenchClient } from './mail/client.ts'
import { ours, type Office } from './mail/peers.ts'
import { letter } from './mail/replay/letters.ts'
import { dice, peopleOf, type Person } from './mail/replay/people.ts'
import { desk, phone, popped, type Replay } from './mail/replay/sessions.ts'

const DAY = { letters: 60_000, commands: 3_000_000 }
const AT_ONCE = 24
const SAMPLES = 20
const LETTERS_OF_CONNECTION = 100

const share = Number(process.argv[2] ?? 0.01)
const letters = Math.round(DAY.letters * share)
const each = DAY.commands / DAY.letters
const people = peopleOf(Math.min(1_000, Math.max(AT_ONCE * 2, Math.round(letters / 60))))
const roll = dice(20_261_125)
const errors: string[] = []
const samples: number[] = []
const MIB = 2 ** 20
const count = { letters: 0, copies: 0, commands: 0, sessions: 0, numbers: 0 }

/** One connection to the server for letters, renewed now and then. */
type Post = { client: RawClient | null; used: number }

async function send(office: Office, post: Post): Promise<void> {
  if (post.client === null || post.used++ % LETTERS_OF_CONNECTION === 0) {
    post.client?.socket.destroy()
    post.client = await rawClient(office.smtp)
    await post.client.say('EHLO office.example\r\n', /^250 .*\r\n/m)
  }
  const to = [...new Set(Array.from({ length: 1 + roll(4) }, () => people[roll(people.length)]))].filter((one) => one !== undefined)
  const text = letter(++count.numbers, 'office', to.map(({ name }) => name))
  await post.client.say(`MAIL FROM:<office@far.example>\r\n${to.map(({ name }) => `RCPT TO:<${name}@cn.example>\r\n`).join('')}DATA\r\n`, /^354/m)
  const said = await post.client.say(`${text}.\r\n`, /^\d{3} .*\r\n$/m)
  if (!said.startsWith('250')) return void errors.push(said)
  count.copies += to.length
  for (const person of to) person.there++
}

/** Somebody whose mailbox nobody tidies up at the moment. */
function somebody(): Person {
  for (;;) {
    const person = people[roll(people.length)]
    if (person !== undefined && !person.busy) return person
  }
}

async function session(replay: Replay): Promise<void> {
  const kind = roll(10)
  const person = somebody()
  count.sessions++
  if (kind < 4) return phone(replay, person)
  person.busy = true
  await (kind === 4 ? popped : desk)(replay, person).finally(() => (person.busy = false))
}

async function worker(office: Office, replay: Replay): Promise<void> {
  const post: Post = { client: null, used: 0 }
  while (count.letters < letters) {
    while (count.letters < letters && count.letters * each <= count.commands) {
      count.letters++
      if (count.letters % Math.ceil(letters / SAMPLES) === 0) await sample(office)
      await send(office, post).catch((error: unknown) => errors.push(String(error)))
    }
    await session(replay).catch((error: unknown) => errors.push(String(error)))
  }
  post.client?.socket.destroy()
}

/** Memory now; told as progress, as a whole day takes an hour. */
async function sample(office: Office): Promise<void> {
  const heap = await office.heap()
  samples.push(heap)
  console.log(`${count.letters} letters, ${count.commands} commands, ${Math.round(heap / MIB)} MiB, ${errors.length} errors`)
}

/** How many people have another number of messages than the answers said. */
async function wrongCounts(imap: number): Promise<number> {
  let wrong = 0
  for (const { name, there } of people) {
    const client = await BenchClient.open(imap)
    await client.command(`LOGIN ${name} ${PASSWORD}`)
    const told = (await client.command('LIST "" "*" RETURN (STATUS (MESSAGES))')).toString('latin1')
    if ([...told.matchAll(/MESSAGES (\d+)/g)].reduce((sum, [, messages]) => sum + Number(messages), 0) !== there) wrong++
    client.close()
  }
  return wrong
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

const office = await ours(0, 0, people.length)
const replay: Replay = {
  imap: office.imap, pop: office.pop, roll, nextLetter: () => ++count.numbers,
  async command(client, text) {
    count.commands++
    return (await client.command(text)).toString('latin1')
  },
}
/** Where letters are filed and copies of answers kept. */
async function furnish({ name }: Person): Promise<void> {
  const client = await BenchClient.open(office.imap)
  await client.command(`LOGIN ${name} ${PASSWORD}`)
  for (const mailbox of ['Sent', 'Archive']) await client.command(`CREATE ${mailbox}`)
  client.close()
}
for (const person of people) await furnish(person)
const begin = performance.now()
await Promise.all(Array.from({ length: AT_ONCE }, () => worker(office, replay)))
const seconds = (performance.now() - begin) / 1_000
const wrong = await wrongCounts(office.imap)
const { problems, failures } = await office.verify()
await office.stop()
const quarter = Math.floor(samples.length / 4)
const [early, late] = [median(samples.slice(quarter, 2 * quarter)), median(samples.slice(-quarter))]
report('mail-replay', [{ letters: count.letters, copies: count.copies, 'IMAP commands': count.commands, sessions: count.sessions, seconds: Math.round(seconds), errors: errors.length + failures, 'people with wrong counts': wrong, 'problems of mail verify': problems, 'heap in the second quarter, MiB': Math.round(early / MIB), 'in the last': Math.round(late / MIB) }], { share, errors: errors.slice(0, 10) })
process.exit(errors.length + failures + wrong + problems === 0 && late < early * 1.25 + 8 * MIB ? 0 : 1)
