/** `npm run crash:mail [-- lives]`: a mail server killed at each of its points again and again, each time a little later. Prints what was counted. */
import { crash, points } from '#mail/transport/crash/crash.fixture.ts'

const lives = Number(process.argv[2] ?? 50)
const counted = await crash(Array.from({ length: lives }, (_, life) => [points[life % points.length] ?? 'committed', 1 + (Math.floor(life / points.length) % 6)] as const))
console.table(counted)
process.exitCode = counted.lost + counted.doubled + counted.lostOutside + counted.wrongSums + counted.reusedUids === 0 ? 0 : 1
