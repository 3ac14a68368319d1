import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findSecrecyMark } from './secrecy-mark.ts'

test('marks of state secrets are found as they are printed', () => {
  const pages: [page: string, mark: string][] = [
    ['000001\n机密★1年\n特急\n上海市长宁区人民政府文件', '机密★1年'],
    ['绝 密 ★\n某某文件', '绝密★'],
    ['秘密★长期', '秘密★长期'],
    ['份号 000001   秘 密 ★ 1 0 年   特急', '秘密★10年'],
    ['000001\n机　密\n平急\n文件', '机密'],
    ['秘密5年\n关于……', '秘密5年'],
    ['机密\n★3年', '机密'],
  ]
  for (const [page, mark] of pages) assert.equal(findSecrecyMark(page), mark, page)
})

test('ordinary texts pass', () => {
  const pages = [
    '关于加强保守国家秘密工作的通知\n各街道：绝密、机密、秘密三级文件的管理……', '工作秘密★\n通知', '商业秘密★', '内部\n特急\n通知', '', '机密文件交换登记表（空白）',
    `${'通知正文\n'.repeat(10)}机密\n`,
  ]
  for (const page of pages) assert.equal(findSecrecyMark(page), null, page)
})
