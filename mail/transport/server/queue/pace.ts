const MINUTE = 60_000
/** A twelfth of a minute's messages may go at once, so that the queue, which looks every second, keeps pace. */
const BURST = 12

/** How messages follow each other: one every `everyMs` on the average, none more than `aheadMs` before its turn. */
export type Pace = { readonly everyMs: number; readonly aheadMs: number }

/** The pace with which no minute, wherever it begins, has more than `perMinute` messages (the generic cell rate algorithm, ITU-T I.371). */
export function paceOf(perMinute: number): Pace {
  const atOnce = Math.floor(perMinute / BURST)
  const everyMs = MINUTE / (perMinute - atOnce)
  return { everyMs, aheadMs: atOnce * everyMs }
}
