import { describe, expect, test } from 'vitest'
import { entity } from '#kit/entity.ts'
import { text } from '#kit/fields/text.ts'
import { where } from '#kit/where.ts'
import { acceptSaved, allProblems, changeField, changesOf, clashesOf, isDirty, shownProblems, startForm, visitField } from './form-state.ts'

const { fields } = entity('trip_note', '出差单', {
  reason: text('事由', { required: true, max: 5 }),
  place: text('地点'),
  visa: text('签证', { required: true, when: where('place', '=', '境外') }),
}, { states: { draft: '草稿' }, title: '{reason}' })
const rights = { reason: 'write', place: 'write', visa: 'write' } as const
const rules = { fields, rights }
const fresh = () => startForm({ reason: '开会' }, {})

describe('what a form knows', () => {
  test('what the server gives back in another order of keys is no change, and stays the same object', () => {
    const typed = { blocks: [{ type: 'paragraph', text: '甲' }] }
    const state = acceptSaved(changeField(fresh(), 'place', typed), { reason: '开会', place: { blocks: [{ text: '甲', type: 'paragraph' }] } }, { place: typed }, {})
    expect(state.values['place']).toBe(typed)
    expect(isDirty(state, rights)).toBe(false)
  })

  test('only real changes are sent, emptied fields as null', () => {
    expect(isDirty(fresh(), rights)).toBe(false)
    expect(changesOf(changeField(fresh(), 'place', ''), rights)).toEqual({})
    expect(changesOf(changeField(fresh(), 'reason', ''), rights)).toEqual({ reason: null })
    expect(changesOf(changeField(fresh(), 'reason', '调研'), { reason: 'read' })).toEqual({})
  })

  test('only what both changed, and differently, clashes', () => {
    const mine = changeField(changeField(fresh(), 'reason', '调研'), 'place', '苏州')
    expect(clashesOf(mine, { reason: '参会', place: null }, rights)).toEqual(['reason'])
    expect(clashesOf(mine, { reason: '调研', place: '苏州' }, rights)).toEqual([])
    expect(clashesOf(mine, { reason: '参会' }, { reason: 'read' })).toEqual([])
  })

  test('a condition that does not hold asks for nothing', () => {
    expect(allProblems(fresh(), rules)).toEqual({})
    expect(Object.keys(allProblems(changeField(fresh(), 'place', '境外'), rules))).toEqual(['visa'])
  })

  test('problems show once a field was left, all of them once the form was handed in', () => {
    const long = changeField(fresh(), 'reason', '一二三四五六')
    expect(shownProblems(long, rules)).toEqual({})
    expect(Object.keys(shownProblems(visitField(long, 'reason'), rules))).toEqual(['reason'])
    const empty = visitField(changeField(fresh(), 'reason', ''), 'reason')
    expect(shownProblems(empty, rules)).toEqual({})
    expect(Object.keys(shownProblems({ ...empty, handedIn: true }, rules))).toEqual(['reason'])
  })

  test('what the server refused stands until its field changes', () => {
    const refused = { ...fresh(), refused: { reason: '余额不足' } }
    expect(shownProblems(refused, rules)).toEqual({ reason: '余额不足' })
    expect(shownProblems(changeField(refused, 'reason', '调研'), rules)).toEqual({})
  })
})

describe('after saving', () => {
  test('what was typed meanwhile stays and is still a change', () => {
    const sent = changeField(fresh(), 'reason', '调研')
    const typed = changeField(sent, 'place', '苏州')
    const after = acceptSaved(typed, { reason: '调研', place: null }, { reason: '调研' }, {})
    expect(after.values).toEqual({ reason: '调研', place: '苏州' })
    expect(changesOf(after, rights)).toEqual({ place: '苏州' })
  })

  test('a newer version from somebody else comes in under what was typed', () => {
    const typed = changeField(fresh(), 'place', '苏州')
    const after = acceptSaved(typed, { reason: '培训', place: '无锡' }, {}, {})
    expect(after.values).toEqual({ reason: '培训', place: '苏州' })
  })
})
