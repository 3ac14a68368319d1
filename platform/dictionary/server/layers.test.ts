import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { mergeLayers } from './layers.ts'
import type { LayerEntry } from './layers.ts'

const entry = (layer: string, code: string, position: number, more: Partial<LayerEntry> = {}): LayerEntry => ({ layer, code, label: `${code} ${layer}`, note: null, disabled: false, position, ...more })

test('organisation over district over code; additions stand at their position', () => {
  const merged = mergeLayers([
    entry('code', 'annual', 1), entry('code', 'sick', 2), entry('code', 'trip', 3),
    entry('district', 'sick', 2, { label: '病假（含住院）' }), entry('district', 'study', 4), entry('o1', 'sick', 0, { disabled: true }),
  ])
  assert.deepEqual(merged.map(({ code, origin, disabled }) => [code, origin, disabled]), [
    ['sick', 'organisation', true], ['annual', 'code', false], ['trip', 'code', false], ['study', 'district', false],
  ])
})

test('the order of the rows does not matter', () => {
  const rows = ['code', 'district', 'o1'].flatMap((layer) => ['a', 'b', 'c'].map((code, index) => entry(layer, code, index)))
  fc.assert(fc.property(fc.shuffledSubarray(rows, { minLength: rows.length }), (mixed) => assert.deepEqual(mergeLayers(mixed), mergeLayers(rows))))
})
