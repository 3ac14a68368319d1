/** Somebody of the office. `there`: messages that should be in her mailboxes by what the servers answered. */
export type Person = { readonly name: string; there: number; busy: boolean; uidNext: number; modseq: string }

/** Numbers below `below`, the same ones for the same seed (a linear congruential generator). */
export function dice(seed: number): (below: number) => number {
  let state = seed >>> 0
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

export const peopleOf = (count: number): readonly Person[] => Array.from({ length: count }, (_, at) => ({ name: `idle${at}`, there: 0, busy: false, uidNext: 1, modseq: '1' }))
