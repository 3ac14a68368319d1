import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Guest, Guests } from './guests.ts'

const limits = { process: 4, address: 2, account: 1 }
const letIn = (guests: Guests, address: string): Guest => guests.enter(address) ?? assert.fail(`${address} was not let in`)

test('an address and the process have a bound, whichever way the address is written', () => {
  const guests = new Guests(limits)
  const first = letIn(guests, '::ffff:10.1.2.3')
  letIn(guests, '10.1.2.3')
  assert.equal(guests.enter('10.1.2.3'), null)
  first.leave()
  first.leave()
  letIn(guests, '10.1.2.3')
  letIn(guests, '10.9.9.9')
  letIn(guests, '127.0.0.1')
  assert.equal(guests.enter('127.0.0.1'), null)
  assert.deepEqual([guests.open, guests.refused], [4, 2])
})

test('loopback has no bound of its own', () => {
  const guests = new Guests(limits)
  for (const address of ['127.0.0.1', '127.0.0.1', '::1', '::ffff:127.0.0.1']) assert.equal(letIn(guests, address).address, address.replace('::ffff:', ''))
})

test('an account has a bound over all addresses; leaving gives the place back', () => {
  const guests = new Guests(limits)
  const [one, two] = [letIn(guests, '10.0.0.1'), letIn(guests, '10.0.0.2')]
  assert.deepEqual([one.knownAs('a'), two.knownAs('a'), two.knownAs('b')], [true, false, true])
  one.leave()
  assert.deepEqual([two.knownAs('a'), one.knownAs('b')], [true, false])
})
