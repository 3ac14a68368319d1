import { expect, test } from 'vitest'
import type { PostWire } from '#kit/wire/org.ts'
import { namesOf, optionsOf, toggled } from './choice.ts'

const post = (postId: string, personId: string, name: string, more: Partial<PostWire> = {}): PostWire =>
  ({ postId, personId, name, title: '科长', unitId: 'u', unitName: '综合科', organisationName: '区政府办公室', phone: null, main: true, ...more })
const posts = [post('1', 'a', '王磊', { main: false, unitName: '督查科' }), post('2', 'a', '王磊'), post('3', 'b', '王磊', { unitName: '人事科' })]

test('a person with several posts stands once, with the main one; namesakes are told apart by their unit', () => {
  expect(optionsOf(posts, 'person')).toEqual([{ id: 'a', name: '王磊', note: '综合科 科长' }, { id: 'b', name: '王磊', note: '人事科 科长' }])
})

test('posts are all there where tasks are given out', () => {
  expect(optionsOf(posts, 'post').map(({ id }) => id)).toEqual(['1', '2', '3'])
  expect(namesOf(optionsOf(posts, 'post'))).toEqual({ 1: '王磊', 2: '王磊', 3: '王磊' })
})

test('choosing one replaces, choosing several adds, choosing again takes away', () => {
  expect(toggled(['a'], 'b', false)).toEqual(['b'])
  expect(toggled(['a'], 'b', true)).toEqual(['a', 'b'])
  expect(toggled(['a', 'b'], 'a', true)).toEqual(['b'])
})
