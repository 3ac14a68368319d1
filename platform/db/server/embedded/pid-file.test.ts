import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nobody } from './account.ts'
import { folderFailure, outputFailure } from './failure.ts'
import { alive, isServerOf, parsePidFile } from './pid-file.ts'
import { defaultSettings } from './settings.ts'

test('a pid file tells process, cluster, port and readiness', () => {
  const text = '812\n/data/cluster\n1763900000\n45111\n\n127.0.0.1\n  5432001 1\nready   \n'
  assert.deepEqual(parsePidFile(text), { pid: 812, cluster: '/data/cluster', port: 45_111, ready: true })
  assert.equal(parsePidFile(text.replace('ready', 'starting'))?.ready, false)
})

test('a pid file that is still being written is no pid file', () => {
  for (const text of ['', '\n', '812', 'abc\n/data']) assert.equal(parsePidFile(text), undefined, JSON.stringify(text))
})

test('our own process is alive but is no server', () => {
  assert.equal(alive(process.pid), true)
  assert.equal(isServerOf('/data/cluster', process.pid), false)
})

test('nobody is read from passwd, on Debian and on macOS', () => {
  assert.deepEqual(nobody('root:x:0:0::/:/bin/sh\nnobody:x:65534:65533:nobody:/:/bin/false\n'), { uid: 65_534, gid: 65_533 })
  assert.deepEqual(nobody('nobody:*:-2:-2:Unprivileged User:/var/empty:/usr/bin/false'), { uid: 4_294_967_294, gid: 4_294_967_294 })
  assert.deepEqual(nobody(''), { uid: 65_534, gid: 65_534 })
})

test('the last output of the server names the cause and the exit code', () => {
  const cases: [string, string, number][] = [
    ['FATAL:  could not write lock file "postmaster.pid": No space left on device', 'disk-full', 74],
    ['LOG:  could not bind IPv4 address "127.0.0.1": Address already in use', 'port-in-use', 71],
    ['FATAL:  database files are incompatible with server', 'other-version', 78],
    ['FATAL:  could not open file "base": Permission denied', 'folder-unwritable', 73],
    ['FATAL:  something new', 'start-failed', 70],
  ]
  for (const [line, kind, exitCode] of cases) {
    const failure = outputFailure([line], 5432)
    assert.deepEqual([failure.kind, failure.exitCode], [kind, exitCode])
    assert.ok(failure.message.includes(line), 'keeps the original output')
  }
})

test('a full disk and a read-only folder are told apart; other errors pass unchanged', () => {
  const failing = (code: string): Error => Object.assign(new Error(code), { code })
  assert.match(String(folderFailure('/d', failing('ENOSPC'))), /磁盘空间不足/)
  assert.match(String(folderFailure('/d', failing('EROFS'))), /不可写/)
  const other = failing('EIO')
  assert.equal(folderFailure('/d', other), other)
})

test('settings follow the memory within bounds', () => {
  const gib = 1024 ** 3
  assert.equal(defaultSettings(24 * gib)['shared_buffers'], '1024MB')
  assert.equal(defaultSettings(4 * gib)['shared_buffers'], '256MB')
  assert.equal(defaultSettings(gib / 2)['shared_buffers'], '64MB')
})
