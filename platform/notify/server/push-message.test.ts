import assert from 'node:assert/strict'
import { test } from 'node:test'
import { noticePayloads, pokePayloads, readPayload } from './push-message.ts'

const person = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`
const people = Array.from({ length: 10_000 }, (_, n) => person(n))

test('10,000 receivers fit into payloads below 8,000 bytes, each named once', () => {
  const notice = { kind: 'system', title: '关于开展2026年度安全生产大检查的通知'.repeat(20), text: '请'.repeat(5000), link: '/app/announcement/1', at: '2026-07-01T00:00:00.000Z' } as const
  const payloads = [...noticePayloads(people.map((id) => [id, id] as const), notice), ...pokePayloads(people, 'todo')]
  assert.ok(payloads.every((payload) => Buffer.byteLength(payload) < 8000))
  const named = payloads.map(readPayload).flatMap((message) => ('poke' in message ? message.to : message.to.map(([id]) => id)))
  assert.deepEqual(named, [...people, ...people])
})

test('nobody to tell, nothing to send', () => assert.deepEqual(pokePayloads([], 'todo'), []))
