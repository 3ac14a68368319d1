import { randomBytes } from 'node:crypto'
import { setImmediate as pause } from 'node:timers/promises'
import { indexMessage } from '#mail/mime/part.ts'
import { readCertificate } from '#mail/smime/certificate.ts'
import type { Trust } from '#mail/smime/chain.ts'
import { insideOf } from '#mail/smime/inside.ts'
import { NOW, person, signedMail } from '#mail/smime/test/people.fixture.ts'
import type { Verdict } from '#mail/smime/verdict.ts'
import { verifyMessage } from '#mail/smime/verify.ts'

const RUNS = 7
const LIN = 'lin@bench.example'
const MB = 1_048_576

type Row = Readonly<Record<string, string | number>>

/** Milliseconds that some work takes, and the longest time in which nothing else had its turn. */
async function watched<T>(work: () => Promise<T>): Promise<{ readonly ms: number; readonly block: number; readonly result: T }> {
  const state = { running: true, block: 0 }
  const begin = performance.now()
  const watching = (async () => {
    for (let last = begin; state.running; ) {
      await pause()
      const now = performance.now()
      state.block = Math.max(state.block, now - last)
      last = now
    }
  })()
  await pause()
  const result = await work()
  const ms = performance.now() - begin
  await pause()
  state.running = false
  await watching
  return { ms, block: state.block, result }
}

const middle = (all: readonly number[]): number => Number((all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)] ?? 0).toFixed(1))

/** What the verification of a signed message costs, small and of 10 MB, beside its text and around it. */
export async function signatures(): Promise<readonly Row[]> {
  const root = await person({ name: 'root', authority: true, rsa: 2048 })
  const lin = await person({ name: 'lin', by: root, addresses: [LIN], rsa: 2048 })
  const trust: Trust = { anchors: [readCertificate(root.der)].filter((one) => one !== null), standing: async () => 'good' }
  const rows: Row[] = []
  for (const [size, opaque] of [[0, false], [0, true], [10 * MB, false], [10 * MB, true]] as const) {
    const raw = await signedMail(LIN, randomBytes(Math.floor((size * 3) / 4)).toString('base64').replaceAll(/.{76}/gu, '$&\r\n'), lin, { opaque, also: [root] })
    const index = indexMessage(raw)
    const runs: Awaited<ReturnType<typeof watched<Verdict | null>>>[] = []
    for (let run = 0; run < RUNS; run++) runs.push(await watched(() => verifyMessage(raw, index, trust, NOW)))
    const unwrapped = await watched(async () => insideOf(raw, index))
    rows.push({ what: `${opaque ? 'signed-data' : 'multipart/signed'}, ${raw.length} octets`, 'verify ms': middle(runs.map(({ ms }) => ms)), 'longest block ms': middle(runs.map(({ block }) => block)), 'inside ms': Number(unwrapped.ms.toFixed(1)), result: runs[0]?.result?.result ?? 'none' })
  }
  return rows
}
