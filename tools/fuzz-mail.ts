/** `npm run fuzz:mail [-- minutes]`: invented octets at every parser of mail, five minutes unless told, with seeds of its own each time. Tells what to run again when something is wrong. */
import { fuzzOnce } from '#test/mail/fuzz.ts'

const minutes = Number(process.argv[2] ?? 5)
const first = Date.now() % 1_000_000_000
const until = performance.now() + minutes * 60_000
let [count, wrong] = [0, 0]
for (; performance.now() < until && wrong < 10; count++) {
  for (const finding of fuzzOnce(first + count)) {
    wrong++
    console.log(finding)
  }
}
console.log(`${count} inputs at every parser, ${wrong} of them wrong; seeds from ${first}`)
process.exitCode = wrong === 0 ? 0 : 1
