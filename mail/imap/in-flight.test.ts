import assert from 'node:assert/strict'
import { test } from 'node:test'
import { InFlight } from './in-flight.ts'

const MEGABYTE = 1_048_576
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

test('large messages of one account wait for each other, those of others and small ones do not; one that is larger than all goes alone', async () => {
  const inFlight = new InFlight(3 * MEGABYTE)
  const told: string[] = []
  const enter = (name: string, account: string, octets: number): Promise<() => void> => inFlight.enter(account, octets).then((leave) => (told.push(name), leave))
  const first = await enter('first', 'a', 2 * MEGABYTE)
  const second = enter('second', 'a', 2 * MEGABYTE)
  const huge = enter('huge', 'a', 9 * MEGABYTE)
  await Promise.all([enter('small', 'a', 1_000), enter('other', 'b', 2 * MEGABYTE)])
  await turn()
  assert.deepEqual(told, ['first', 'small', 'other'])
  first()
  ;(await second)()
  ;(await huge)()
  assert.deepEqual(told, ['first', 'small', 'other', 'second', 'huge'])
  assert.equal(typeof (await inFlight.enter('a', 3 * MEGABYTE)), 'function')
})
