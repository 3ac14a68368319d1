/** What mail programs do in a session, as commands one after the other. Each answers to `Replay.command`, which counts. */
import { PASSWORD } from '#test/mail/imap.ts'
import { BenchClient } from '../client.ts'
import { letter } from './letters.ts'
import type { Person } from './people.ts'

/** The office so far: who counts commands and sends a letter now and then. */
export type Replay = {
  readonly imap: number
  readonly pop: number
  readonly roll: (below: number) => number
  command(client: BenchClient, text: string): Promise<string>
  /** A number no letter had. */
  nextLetter(): number
}

const uidsOf = (answer: string): readonly number[] => [...answer.matchAll(/^\* \d+ FETCH \((?:.*? )?UID (\d+)/gm)].map(([, uid]) => Number(uid))

async function enter(replay: Replay, person: Person): Promise<BenchClient> {
  const client = await BenchClient.open(replay.imap)
  await replay.command(client, `LOGIN ${person.name} ${PASSWORD}`)
  return client
}

/** A program on a desk: looks what is new, reads it, tidies up, answers, waits a moment. */
export async function desk(replay: Replay, person: Person): Promise<void> {
  const client = await enter(replay, person)
  await replay.command(client, 'LIST "" "*" RETURN (STATUS (MESSAGES UNSEEN))')
  const opened = await replay.command(client, 'SELECT INBOX (CONDSTORE)')
  await replay.command(client, `UID FETCH 1:* (FLAGS) (CHANGEDSINCE ${person.modseq})`)
  person.modseq = /HIGHESTMODSEQ (\d+)/.exec(opened)?.[1] ?? person.modseq
  const fresh = uidsOf(await replay.command(client, `UID FETCH ${person.uidNext}:* (UID FLAGS ENVELOPE BODYSTRUCTURE RFC822.SIZE INTERNALDATE)`)).filter((uid) => uid >= person.uidNext)
  person.uidNext = Number(/UIDNEXT (\d+)/.exec(opened)?.[1] ?? person.uidNext)
  for (const uid of fresh.slice(0, 12)) await read(replay, client, person, uid)
  await replay.command(client, 'NOOP')
  await replay.command(client, `UID SEARCH ${['UNSEEN', 'SUBJECT "通知"', 'SINCE 25-Nov-2026 LARGER 50000'][replay.roll(3)] ?? 'ALL'}`.replace('通知', Buffer.from('通知').toString('latin1')))
  if (replay.roll(4) === 0) await replay.command(client, 'UID SORT (REVERSE DATE) UTF-8 ALL')
  await wait(client)
  await replay.command(client, 'LOGOUT')
  client.close()
}

/** One new letter: head, text, read; then kept, filed, answered or thrown away. */
async function read(replay: Replay, client: BenchClient, person: Person, uid: number): Promise<void> {
  await replay.command(client, `UID FETCH ${uid} (BODY.PEEK[HEADER.FIELDS (FROM TO SUBJECT DATE)])`)
  await replay.command(client, `UID FETCH ${uid} (BODY.PEEK[1])`)
  await replay.command(client, `UID STORE ${uid} +FLAGS.SILENT (\\Seen)`)
  const fate = replay.roll(10)
  if (fate < 2) await replay.command(client, `UID MOVE ${uid} Archive`)
  else if (fate < 4) await discard(replay, client, person, uid)
  else if (fate === 4) await answer(replay, client, person, uid)
  else if (fate === 5) await copy(replay, client, person, uid)
  else if (fate === 6) await replay.command(client, `UID FETCH ${uid} (BODY.PEEK[])`)
}

/** Only what this session throws away goes: the expunge names it. */
async function discard(replay: Replay, client: BenchClient, person: Person, uid: number): Promise<void> {
  await replay.command(client, `UID STORE ${uid} +FLAGS (\\Deleted)`)
  if (/^\* \d+ EXPUNGE/m.test(await replay.command(client, `UID EXPUNGE ${uid}`))) person.there--
}

async function copy(replay: Replay, client: BenchClient, person: Person, uid: number): Promise<void> {
  if ((await replay.command(client, `UID COPY ${uid} Archive`)).includes('COPYUID')) person.there++
}

async function answer(replay: Replay, client: BenchClient, person: Person, uid: number): Promise<void> {
  const text = letter(replay.nextLetter(), person.name, [person.name])
  await replay.command(client, `APPEND Sent (\\Seen) {${text.length}+}\r\n${text}`)
  person.there++
  await replay.command(client, `UID STORE ${uid} +FLAGS (\\Answered)`)
}

async function wait(client: BenchClient): Promise<void> {
  const going = client.until((tail) => /\+ [^\r\n]*\r\n(?:\* .*\r\n)*$/.test(tail))
  client.socket.write('idle IDLE\r\n')
  await going
  const over = client.until((tail) => /idle OK [^\r\n]*\r\n$/.test(tail))
  client.socket.write('DONE\r\n')
  await over
}

/** A phone: the latest twenty, one of them read. It throws nothing away and may come while others are there. */
export async function phone(replay: Replay, person: Person): Promise<void> {
  const client = await enter(replay, person)
  const opened = await replay.command(client, 'EXAMINE INBOX')
  const count = Number(/\* (\d+) EXISTS/.exec(opened)?.[1] ?? 0)
  await replay.command(client, 'STATUS Sent (MESSAGES UIDNEXT UNSEEN)')
  if (count > 0) {
    await replay.command(client, `FETCH ${Math.max(1, count - 19)}:${count} (UID FLAGS ENVELOPE PREVIEW)`)
    await replay.command(client, `FETCH ${Math.max(1, count - replay.roll(20))} (BODY.PEEK[TEXT]<0.20000>)`)
  }
  await replay.command(client, 'LOGOUT')
  client.close()
}

/** POP3: the latest message is fetched and left there. */
export async function popped(replay: Replay, person: Person): Promise<void> {
  const client = await BenchClient.open(replay.pop)
  await client.pop(`USER ${person.name}`, false)
  await client.pop(`PASS ${PASSWORD}`, false)
  const count = Number(/\+OK (\d+)/.exec((await client.pop('STAT', false)).toString())?.[1] ?? 0)
  await client.pop('UIDL', true)
  if (count > 0) await client.pop(`RETR ${count}`, true)
  await client.pop('QUIT', false)
  client.close()
}
