/** Kills an IMAP server in the middle of APPEND, COPY, MOVE and EXPUNGE, starts it again, and looks whether each command was done wholly or not at all. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { sql } from 'kysely'
import { rawClient } from '#test/mail/imap.ts'
import type { RawClient } from '#test/mail/imap.ts'
import { type Office, openOffice } from '../../transport/test/office.fixture.ts'
import { createMailbox } from '../server/mailboxes.ts'
import { mailBlobs } from '../server/parts.ts'
import { verifyMail } from '../server/verify.ts'

export const storePoints = ['octets-written', 'octets-kept', 'rows-written', 'committed'] as const
export type Point = (typeof storePoints)[number]

/** `torn`: commands after whose end the mailboxes were neither as before nor as told; `backwards`: numbers of a mailbox that went back. */
export type Counted = { readonly killed: number; readonly answered: number; readonly torn: number; readonly reusedUids: number; readonly backwards: number; readonly problems: number }

type Placed = { readonly mailbox: string; readonly uid: number; readonly subject: string; readonly deleted: boolean }
type Numbers = { readonly name: string; readonly uid_next: number; readonly modseq: number }

const placed = async ({ it }: Office): Promise<readonly Placed[]> => (await sql<Placed>`
  select b.name as mailbox, e.uid::float8 as uid, m.subject, e.flags & 8 <> 0 as deleted from mail_entry e join mail_message m on m.id = e.message_id join mail_mailbox b on b.id = e.mailbox_id order by b.name, e.uid`.execute(it.runtime.db)).rows
const numbers = async ({ it }: Office): Promise<readonly Numbers[]> => (await sql<Numbers>`select name, uid_next::float8 as uid_next, modseq::float8 as modseq from mail_mailbox`.execute(it.runtime.db)).rows

/** What a mailbox holds, whatever its numbers. */
const stateOf = (entries: readonly Pick<Placed, 'mailbox' | 'subject' | 'deleted'>[]): string => entries.map(({ mailbox, subject, deleted }) => `${mailbox} ${subject} ${deleted}`).toSorted().join('\n')

/** A command, and what is there when it has been done. */
type Deed = { readonly say: string; readonly after: string }

let count = 0
const letter = (subject: string): string =>
  `From: a@cn.example\r\nSubject: ${subject}\r\nMIME-Version: 1.0\r\nContent-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n${Buffer.alloc(20_000, subject).toString('base64').replaceAll(/.{76}/gu, '$&\r\n')}\r\n`

function appending(entries: readonly Placed[], several: number): Deed {
  const subjects = Array.from({ length: several }, () => `a${++count}`)
  const octets = subjects.map((subject) => letter(subject))
  return {
    say: `APPEND INBOX${octets.map((one) => ` {${one.length}+}\r\n${one}`).join('')}`,
    after: stateOf([...entries, ...subjects.map((subject) => ({ mailbox: 'INBOX', subject, deleted: false }))]),
  }
}

const inbox = (entries: readonly Placed[]): readonly Placed[] => entries.filter(({ mailbox }) => mailbox === 'INBOX')
const set = (entries: readonly Placed[]): string => entries.map(({ uid }) => uid).join(',')

function copying(entries: readonly Placed[]): Deed {
  const chosen = inbox(entries).slice(-2)
  return { say: `UID COPY ${set(chosen)} Away`, after: stateOf([...entries, ...chosen.map((one) => ({ ...one, mailbox: 'Away' }))]) }
}

function moving(entries: readonly Placed[]): Deed {
  const chosen = inbox(entries).slice(0, 2)
  return { say: `UID MOVE ${set(chosen)} Away`, after: stateOf([...entries.filter((one) => !chosen.includes(one)), ...chosen.map((one) => ({ ...one, mailbox: 'Away' }))]) }
}

function marking(entries: readonly Placed[]): Deed {
  const chosen = inbox(entries).slice(0, 2)
  return { say: `UID STORE ${set(chosen)} +FLAGS.SILENT (\\Deleted)`, after: stateOf(entries.map((one) => (chosen.includes(one) ? { ...one, deleted: true } : one))) }
}

const expunging = (entries: readonly Placed[]): Deed => ({ say: 'EXPUNGE', after: stateOf(entries.filter(({ mailbox, deleted }) => mailbox !== 'INBOX' || !deleted)) })

const DEEDS: readonly ((entries: readonly Placed[]) => Deed)[] = [(entries) => appending(entries, 1), (entries) => appending(entries, 3), copying, moving, marking, expunging, (entries) => appending(entries, 2)]

type Life = { readonly client: RawClient; readonly end: () => Promise<boolean> }

/** A server that will die there; `end` makes sure that it has, and says whether by its own hand. */
async function start({ it, accounts }: Office, point: string, nth: number): Promise<Life> {
  const child: ChildProcess = spawn(process.execPath, [new URL('victim.fixture.ts', import.meta.url).pathname, it.url, it.runtime.dataDir, accounts.get('lin') ?? '', point, String(nth)], { stdio: ['ignore', 'pipe', 'inherit'] })
  const exited = once(child, 'exit')
  const [line] = (await once(child.stdout ?? child, 'data')) as [Buffer]
  let isThere = false
  child.stdout?.on('data', () => { isThere = true })
  const client = await rawClient(Number(line.toString()), /ready\r\n/)
  await client.say('l LOGIN lin secret\r\ns SELECT INBOX\r\n', /^s OK/m)
  return { client, end: async () => (child.kill('SIGKILL'), await exited, isThere) }
}

const done = ({ client }: Life, { say }: Deed): Promise<boolean> => client.say(`t ${say}\r\n`, /^t (?:OK|NO|BAD)/m).then((text) => /^t OK/m.test(text), () => false)

/** Rounds of one life each, the deeds in another order every time. */
export async function crashStore(lives: readonly (readonly [point: Point, nth: number])[]): Promise<Counted> {
  const office = await openOffice({ lin: 100_000_000 })
  await office.run((ctx) => createMailbox(ctx, office.accounts.get('lin') ?? '', 'Away'))
  const subjects = new Map<string, string>()
  const highest = new Map<string, Numbers>()
  let [killed, answered, torn, reusedUids, backwards] = [0, 0, 0, 0, 0]
  for (const [turn, [point, nth]] of lives.entries()) {
    const life = await start(office, point, nth)
    for (let at = 0; at < 2 * DEEDS.length; at++) {
      const before = await placed(office)
      const deed = DEEDS[(at + turn) % DEEDS.length]?.(before) ?? expunging(before)
      if (deed.say.includes('UID') && inbox(before).length < 2) continue
      const isAnswered = await done(life, deed)
      if (!isAnswered && (await life.end())) killed++
      const now = await placed(office)
      const state = stateOf(now)
      if (state !== deed.after && (isAnswered || state !== stateOf(before))) torn++
      for (const { mailbox, uid, subject } of now) {
        const known = subjects.get(`${mailbox} ${uid}`)
        if (known !== undefined && known !== subject) reusedUids++
        subjects.set(`${mailbox} ${uid}`, subject)
      }
      for (const one of await numbers(office)) {
        const last = highest.get(one.name)
        if (last !== undefined && (one.uid_next < last.uid_next || one.modseq < last.modseq)) backwards++
        highest.set(one.name, one)
      }
      if (!isAnswered) break
      answered++
    }
    await life.end()
  }
  const { problems } = await office.run((ctx) => verifyMail(ctx, mailBlobs(office.it.runtime), () => undefined))
  await office.close()
  return { killed, answered, torn, reusedUids, backwards, problems: problems.length }
}
