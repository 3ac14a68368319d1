import { expect, test } from 'vitest'
import { emptyOrder, missing, orderOf, periodText, proposed, scopeText } from './order.ts'

const now = new Date('2026-09-01T02:03:00Z')
const typed = { ...emptyOrder(now), delegate: 'p1' }

test('a week from today, starting now, ending with the last day', () => {
  expect([typed.from, typed.to]).toEqual(['2026-09-01', '2026-09-07'])
  const { from, until, scope } = orderOf(typed, now)
  expect([from, until, scope]).toEqual(['2026-09-01T02:03:00.000Z', '2026-09-07T16:00:00.000Z', 'all'])
  expect(orderOf({ ...typed, from: '2026-09-03' }, now).from).toBe('2026-09-02T16:00:00.000Z')
  expect(orderOf(typed, now)).not.toHaveProperty('post')
  expect(orderOf({ ...typed, scope: 'post', post: 'p2' }, now, 'person').post).toBe('p2')
})

test('another application may propose one by an address', () => {
  const params = new URLSearchParams({ delegate: 'p1', name: '诸葛凝', from: '2026-12-01', to: '2026-12-03', reason: '林晓雯 年休假 3天' })
  expect(proposed(params, now)).toEqual({ name: '诸葛凝', typed: { ...typed, from: '2026-12-01', to: '2026-12-03', reason: '林晓雯 年休假 3天' } })
  params.set('from', 'soon')
  expect(proposed(params, now)).toBeNull()
  expect(proposed(new URLSearchParams(), now)).toBeNull()
})

test('says what is missing, one thing at a time', () => {
  expect(missing(emptyOrder(now), false)).toBe('请选择受托人')
  expect(missing({ ...typed, to: '2026-08-31' }, false)).toBe('结束日期不能早于开始日期')
  expect(missing({ ...typed, scope: 'processes' }, false)).toBe('请选择要委托的流程')
  expect(missing({ ...typed, scope: 'post' }, false)).toBe('请选择要委托的岗位')
  expect(missing(typed, true)).toBe('请填写代为设置的理由')
  expect(missing(typed, false)).toBeNull()
})

test('reads like a sentence', () => {
  const wire = {
    id: '', principalId: '', principal: '', delegateId: '', delegate: '', delegateUnit: '', scope: 'processes', processes: ['leave_request', 'gone'], excluded: ['x'], post: null, secrets: true, shared: true,
    from: '2026-09-01T02:03:00.000Z', until: '2026-09-07T16:00:00.000Z', reason: '', state: 'active', createdBy: '', createdAt: '', revokedBy: null, revokedAt: null,
  } as const
  expect(periodText(wire)).toBe('2026年9月1日 至 2026年9月7日')
  expect(scopeText({ ...wire, processes: [...wire.processes], excluded: [...wire.excluded] }, [{ entity: 'leave_request', title: '请假审批' }, { entity: 'x', title: '收文' }])).toBe('请假审批、gone · 不含收文 · 含标密件 · 双方均可办理')
})
