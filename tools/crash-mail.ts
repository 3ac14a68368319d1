/** `npm run crash:mail [-- lives]`: mail servers killed at each of their points again and again, each time a little later. Prints what was counted. */
import { crashStore, storePoints } from '#mail/store/crash/crash.fixture.ts'
import { crash, points } from '#mail/transport/crash/crash.fixture.ts'

const lives = Number(process.argv[2] ?? 50)
const plan = <T>(all: readonly T[], otherwise: T): readonly (readonly [T, number])[] => Array.from({ length: lives }, (_, life) => [all[life % all.length] ?? otherwise, 1 + (Math.floor(life / all.length) % 6)] as const)

const taken = await crash(plan(points, 'committed'))
console.table({ 'SMTP, LMTP, queue': taken })
const stored = await crashStore(plan(storePoints, 'committed'))
console.table({ 'APPEND, COPY, MOVE, STORE, EXPUNGE': stored })
process.exitCode = taken.lost + taken.doubled + taken.lostOutside + taken.wrongSums + taken.reusedUids + stored.torn + stored.reusedUids + stored.backwards + stored.problems === 0 ? 0 : 1
