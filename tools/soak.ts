/** `npm run soak:workflow -- [commands] [seed]`: random commands on cases of generated models; stops with the error when an invariant breaks. */
import { soak } from '#platform/workflow/bpmn/test/soak.ts'

const whole = (text: string | undefined, otherwise: number): number => {
  const n = Number(text ?? otherwise)
  if (!Number.isSafeInteger(n) || n < 1) throw new RangeError(`${text} is no number of commands`)
  return n
}

const commands = whole(process.argv[2], 1_000_000)
const seed = whole(process.argv[3], 20_261_125)
const begun = performance.now()
const tally = await soak(commands, seed)
const seconds = (performance.now() - begun) / 1000
console.log(`${tally.commands} commands, ${tally.drained} more to bring cases to their end, ${tally.refused} refused, ${tally.returns} legal 退回 tried, no invariant broken: ${seconds.toFixed(0)} s (seed ${seed})`)
console.log(Object.entries(tally.byKind).toSorted(([, a], [, b]) => b - a).map(([kind, n]) => `${kind} ${n}`).join(' · '))
