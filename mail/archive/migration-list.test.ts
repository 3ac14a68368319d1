import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readList } from './migration-list.ts'

test('lines are read with and without a head, quoted and with tabs; passwords stay as they are', () => {
  assert.deepEqual(readList('本系统地址,原账号,原密码\r\nLin@cn.example,lin,"a,""b"" "\r\n\r\ngu@cn.example,gu, x\r\n').listed, [
    { line: 2, address: 'lin@cn.example', login: 'lin', password: 'a,"b" ' }, { line: 3, address: 'gu@cn.example', login: 'gu', password: ' x' },
  ])
  assert.deepEqual(readList('\uFEFFlin@cn.example\tlin\tsecret').listed, [{ line: 1, address: 'lin@cn.example', login: 'lin', password: 'secret' }])
  assert.deepEqual(readList('').listed, [])
})

test('what is missing is told by line and column', () => {
  assert.deepEqual(readList('lin@cn.example,lin\n,gu,x').problems, ['第 1 行缺少原密码', '第 2 行缺少本系统地址'])
})
