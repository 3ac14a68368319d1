import { expect, test } from 'vitest'
import type { App } from '#ui/api/meta.ts'
import { isAt, isInside, menuOf, placesOf, toggledFavourite } from './menu-model.ts'
import { actionOf, movedTo, sectionsOf } from './palette-model.ts'
import { asksSearch } from './use-search-keys.ts'

const app = (id: string, group: App['group'], more: Partial<App> = {}): App => ({ id, title: id, icon: 'app', group, mobile: true, path: `/app/${id}_item`, cards: [], pages: [], lists: [{ entity: `${id}_item`, label: id }], creates: [], ...more })
const leave = app('leave', 'affairs', { title: '请销假', lists: [{ entity: 'leave_request', label: '请假单' }], creates: [{ entity: 'leave_request', label: '请假单' }] })
const apps = [app('documents', 'office'), leave]
const menu = { apps, spellings: { 请假单: 'qing jia dan' } }

test('favourites stand on top and only there; those no longer open are left out', () => {
  expect(menuOf(apps, []).map(({ key }) => key)).toEqual(['office', 'affairs'])
  expect(menuOf(apps, ['gone', 'leave']).map(({ key, apps: own }) => [key, own.map(({ id }) => id)])).toEqual([['favourites', ['leave']], ['office', ['documents']]])
  expect(toggledFavourite(['a', 'b'], 'a')).toEqual(['b'])
})

test('an address belongs to the application whose entity or page it names', () => {
  expect(isInside(leave, '/app/leave_request/x/edit')).toBe(true)
  expect(isInside(leave, '/leave/board')).toBe(true)
  expect(isInside(leave, '/app/leave_request_other')).toBe(false)
})

test('places of an application: its lists when there are several, and the pages that are drawn', () => {
  const pages = [{ name: 'home', title: '首页', on: 'both' }, { name: 'board', title: '看板', on: 'both' }, { name: 'pocket', title: '掌上', on: 'mobile' }, { name: 'gone', title: '旧页', on: 'web' }] as const
  const several = app('documents', 'office', { lists: [{ entity: 'out', label: '发文' }, { entity: 'in', label: '收文' }], pages: [...pages] })
  expect(placesOf(several, (_, page) => page !== 'gone').map(({ to }) => to)).toEqual(['/app/out', '/app/in', '/documents/board'])
  expect(placesOf(leave, () => true)).toEqual([])
  expect([isAt({ to: '/app/out', title: '' }, '/app/out/x'), isAt({ to: '/app/out', title: '' }, '/app/outer')]).toEqual([true, false])
})

test('the palette offers applications first, then what was found by kind, with the names of people in their links', () => {
  expect(sectionsOf(menu, '', [], () => true).map(({ title }) => title)).toEqual(['应用', '新建'])
  const found = [{ kind: 'person' as const, entity: null, id: 'p', title: '王磊', snippet: '人事科', at: null, link: '/directory?person=p' }]
  const [people, creating] = sectionsOf(menu, '请假', found, () => true)
  expect(people?.hits[0]?.link).toBe(`/directory?person=p&query=${encodeURIComponent('王磊')}`)
  expect(creating?.hits.map(({ title }) => title)).toEqual(['新建请假单'])
})

test('the palette finds pages of the menu and acts of one\'s own', () => {
  const board = app('leave', 'affairs', { title: '请销假', pages: [{ name: 'board', title: '今天谁在岗', on: 'both' }] })
  const linksFor = (query: string) => sectionsOf({ apps: [board], spellings: { 今天谁在岗: 'jin tian shui zai gang' } }, query, [], () => true).flatMap(({ hits }) => hits.map(({ link }) => link))
  expect(linksFor('谁在岗')).toEqual(['/leave/board'])
  expect(linksFor('请销假 在岗')).toEqual(['/leave/board'])
  expect(linksFor('密码')).toEqual(['/password'])
  for (const query of ['jintian', 'shuizaig', 'jtszg', 'szg', 'ZG 今天']) expect(linksFor(query)).toEqual(['/leave/board'])
  expect(linksFor('txl')).toEqual(['/directory'])
  expect(sectionsOf(menu, 'xjqj', [], () => true)[0]?.hits.map(({ title }) => title)).toEqual(['新建请假单'])
  expect(linksFor('intian')).toEqual([])
  expect(linksFor('大字').map(actionOf)).toEqual(['large'])
  expect(actionOf('/todo')).toBeNull()
})

test('arrows go round the hits', () => {
  expect([movedTo(1, 'ArrowDown', 2), movedTo(0, 'ArrowUp', 2), movedTo(3, 'x', 2), movedTo(0, 'ArrowDown', 0)]).toEqual([0, 1, 1, 0])
})

test('a slash searches only outside of text, Ctrl-K everywhere', () => {
  const input = document.createElement('input')
  const key = (name: string, ctrlKey: boolean, target: EventTarget) => asksSearch({ key: name, ctrlKey, metaKey: false, altKey: false, target })
  expect([key('/', false, document.body), key('/', false, input), key('k', true, input), key('k', false, document.body)]).toEqual([true, false, true, false])
})
