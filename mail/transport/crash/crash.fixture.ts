/** Kills a mail server at each of its points while mail comes and goes, starts it again, and counts what is there. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { sql } from 'kysely'
import { replies } from '../../smtp/replies.ts'
import { listening, rawClient } from '../../smtp/test/client.ts'
import type { Point } from '../server/parts.ts'
import { letter, type Office, openOffice } from '../test/office.fixture.ts'

export const points: readonly Point[] = ['blob-written', 'blob-kept', 'rows-written', 'committed', 'queue-claimed', 'queue-sent', 'queue-settled']

/** `resent`: messages another server got twice because ours died between its answer and our note of it, which SMTP cannot prevent (RFC 1047). */
export type Counted = { readonly killed: number; readonly answered: number; readonly lost: number; readonly doubled: number; readonly lostOutside: number; readonly resent: number; readonly wrongSums: number; readonly reusedUids: number }

const MESSAGES = 6

/** `there`: whether it has come to its point. */
type Victim = { readonly child: ChildProcess; readonly port: number; readonly there: () => boolean }

async function start(office: Office, farPort: number, point: string, nth: number): Promise<Victim> {
  const child = spawn(process.execPath, [new URL('victim.fixture.ts', import.meta.url).pathname, office.it.url, office.it.runtime.dataDir, String(farPort), point, String(nth)], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  let there = false
  child.stdout.on('data', () => { there = true })
  return { child, port: Number(line.toString()), there: () => there }
}

/** Sends one message as another server does; true once it has the answer. */
async function sent(port: number, subject: string): Promise<boolean> {
  try {
    const client = await rawClient(port)
    await client.say('EHLO out.example\r\nMAIL FROM:<out@elsewhere.example>\r\nRCPT TO:<lin@cn.example>\r\nRCPT TO:<gu@cn.example>\r\nDATA\r\n', /^354/m)
    await client.say(`${letter(subject)}.\r\n`, /^250/m)
    client.socket.write('QUIT\r\n')
    await client.rest()
    return true
  } catch {
    return false
  }
}

type Placed = { readonly mailbox: string; readonly uid: string; readonly subject: string }
const placed = async ({ it }: Office): Promise<readonly Placed[]> => (await sql<Placed>`select e.mailbox_id as mailbox, e.uid, m.subject from mail_entry e join mail_message m on m.id = e.message_id`.execute(it.runtime.db)).rows

/** Rounds of one life each: at a point, the nth time. Whoever got no answer sends again in the next life. */
export async function crash(lives: readonly (readonly [point: Point, nth: number])[]): Promise<Counted> {
  const office = await openOffice({ lin: 100_000_000, gu: 100_000_000 })
  const outside: string[] = []
  const far = await listening({
    accounts: () => ({ login: async () => null }), sender: async () => null, recipient: async () => null,
    message: async (_envelope, raw) => (outside.push(/^Subject: (.*)$/m.exec(raw.toString())?.[1]?.trim() ?? ''), { replies: [replies.ok] }),
  }, { kind: 'mx', name: 'far.example', tls: null, plainLogin: false, log: () => undefined })
  await sql`insert into mail_setting (name, value, changed_at, changed_by) values ('forward-outside', 'true', now(), '')`.execute(office.it.runtime.db)
  await sql`insert into mail_forward (account_id, address) values (${office.accounts.get('gu')}, 'gu@far.example')`.execute(office.it.runtime.db)
  const answered = new Set<string>()
  const uids = new Map<string, string>()
  let [killed, reusedUids, count] = [0, 0, 0]
  let open: string[] = []
  for (const [point, nth] of [...lives, ['', 0] as const]) {
    const { child, port, there } = await start(office, far.port, point, nth)
    const exited = once(child, 'exit')
    open.push(...Array.from({ length: MESSAGES }, () => `m${++count}`))
    for (const subject of open) if (await sent(port, subject)) answered.add(subject)
    open = open.filter((subject) => !answered.has(subject))
    await drained(office, child)
    child.kill('SIGKILL')
    await exited
    if (there()) killed++
    for (const { mailbox, uid, subject } of await placed(office)) {
      const known = uids.get(`${mailbox} ${uid}`)
      if (known !== undefined && known !== subject) reusedUids++
      uids.set(`${mailbox} ${uid}`, subject)
    }
  }
  const entries = (await placed(office)).map(({ mailbox, subject }) => `${mailbox} ${subject}`)
  const wrongSums = await sums(office)
  await far.close()
  await office.close()
  const all = [...answered]
  return {
    killed, answered: answered.size, wrongSums, reusedUids,
    lost: 2 * all.length - new Set(entries).size, doubled: entries.length - new Set(entries).size,
    lostOutside: all.filter((subject) => !outside.includes(subject)).length, resent: outside.length - new Set(outside).size,
  }
}

/** Waits until the queue is empty or the process is gone. */
async function drained({ it }: Office, child: ChildProcess): Promise<void> {
  while (child.signalCode === null && child.exitCode === null) {
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from mail_queue`.execute(it.runtime.db)
    if (rows[0]?.n === 0) return
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

async function sums({ it }: Office): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from mail_account a
    left join lateral (select count(*)::int as n, coalesce(sum(e.size), 0)::bigint as size from mail_entry e join mail_mailbox m on m.id = e.mailbox_id where m.account_id = a.id) s on true
    where (a.used_count, a.used_size) is distinct from (s.n, s.size)`.execute(it.runtime.db)
  return rows[0]?.n ?? -1
}
