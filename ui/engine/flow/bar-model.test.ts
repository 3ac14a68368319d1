import { expect, test } from 'vitest'
import type { Operation } from '#ui/api/tasks.ts'
import { actOf, arrange, isRisky, missing, needsDialog, noChoices } from './bar-model.ts'

const operation = (id: Operation['id'], more: Partial<Operation> = {}): Operation => ({ id, label: id, likely: false, opinion: 'optional', people: 'none', ...more })
const agree = operation('complete', { label: '同意', outcome: 'approve', likely: true })
const refuse = operation('complete', { label: '不同意', outcome: 'reject', opinion: 'required' })
const back = operation('return', { label: '退回', likely: true, opinion: 'required', targets: [{ node: 'apply', name: '申请', people: '林晓雯', cancels: '审批将重新开始', back: '直接回到您处' }] })
const over = operation('hand-over', { label: '转办', people: 'one' })

test('the act that moves on is the first button, at most two are buttons', () => {
  const { buttons, more } = arrange([back, over, agree, refuse, operation('copy', { likely: true })])
  expect(buttons).toEqual([agree, back])
  expect(more.map(({ id }) => id)).toEqual(['hand-over', 'complete', 'copy'])
})

test('grave acts are known', () => {
  expect([agree, refuse, back, operation('terminate'), operation('withdraw')].map(isRisky)).toEqual([false, true, false, true, true])
})

test('a dialog opens only for what the bar cannot hold', () => {
  expect(needsDialog(agree, '')).toBe(false)
  expect(needsDialog(refuse, ' ')).toBe(true)
  expect(needsDialog(refuse, '依据不足')).toBe(false)
  expect([needsDialog(back, '请补充'), needsDialog(over, ''), needsDialog(operation('urge', { warns: '将提醒办理人' }), '')]).toEqual([true, true, true])
})

test('what is missing is said in words', () => {
  expect(missing(agree, noChoices)).toBeNull()
  expect(missing(back, noChoices)).toBe('请选择退回到哪一步')
  expect(missing(back, { ...noChoices, target: 'apply' })).toBe('请填写意见')
  expect(missing(over, noChoices)).toBe('请选择一人')
  expect(missing(over, { ...noChoices, people: ['a', 'b'] })).toBe('只能选择一人')
})

test('only what an act asks for is sent', () => {
  const choices = { opinion: ' 同意。 ', people: ['a'], target: 'apply', name: '', afterwards: 'jump-back' } as const
  expect(actOf(agree, choices, 3)).toEqual({ operation: 'complete', outcome: 'approve', revision: 3, opinion: '同意。' })
  expect(actOf(back, choices, 3)).toEqual({ operation: 'return', revision: 3, opinion: '同意。', target: 'apply', afterwards: 'jump-back' })
  expect(actOf(over, choices, 3)).toEqual({ operation: 'hand-over', revision: 3, opinion: '同意。', people: ['a'] })
  expect(actOf(agree, { ...choices, sign: 'none', drawn: 'aGk=' }, 3)).toEqual({ operation: 'complete', outcome: 'approve', revision: 3, opinion: '同意。', sign: 'none', drawn: 'aGk=' })
  expect(actOf(over, { ...choices, sign: 'own', drawn: 'aGk=' }, 3)).not.toHaveProperty('drawn')
  expect(actOf(operation('claim', { opinion: 'none' }), choices, 1)).toEqual({ operation: 'claim', revision: 1 })
})
