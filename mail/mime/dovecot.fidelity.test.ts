import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { absent, suiteFolder } from '#test/conformance/suites.ts'
import { envelopeText, structureText } from './imap-text.ts'
import { indexMessage } from './part.ts'

const IMAP = '/usr/lib/dovecot/imap'
const suite = suiteFolder('mime')
const files = suite === null ? [] : ['rfc', 'legacy'].flatMap((folder) => readdirSync(join(suite, folder)).filter((name) => name.endsWith('.eml')).map((name) => join(suite, folder, name)))
/** Ends in a lone carriage return, which Dovecot drops when it stores a message and we keep. */
const exceptions = ['legacy/049.eml']

const readCanonical = (file: string): Buffer => Buffer.from(readFileSync(file, 'latin1').replace(/\r?\n/g, '\r\n'), 'latin1')

test('every message of the suite is indexed, and its parts tell all its octets', { skip: suite === null && absent('mime') }, () => {
  assert.ok(files.length > 50)
  for (const file of files) {
    const raw = readFileSync(file)
    const { root } = indexMessage(raw)
    assert.deepEqual([root.start, root.end], [0, raw.length], file)
  }
})

test('ENVELOPE and BODYSTRUCTURE are as Dovecot tells them', { skip: (suite === null && absent('mime')) || (!existsSync(IMAP) && 'Dovecot is not installed') }, () => {
  const told = tellByDovecot(files.map(readCanonical))
  const different = files.filter((file, index) => {
    const message = indexMessage(readCanonical(file))
    return comparable(`ENVELOPE ${envelopeText(message.envelope)} BODYSTRUCTURE ${structureText(message.root, true)}`) !== comparable(told[index] ?? '')
  })
  assert.deepEqual(different.filter((file) => !exceptions.some((one) => file.endsWith(one))), [])
})

/** Strings without the way they are written: quoted, as a literal, or with other case where case means nothing. */
const comparable = (text: string): string => text.replace(/\{\d+\}\r\n/g, '').replaceAll('"', '').toLowerCase()

/** Appends messages to an empty mailbox of a Dovecot that runs for this call alone, and fetches what it tells of them. */
function tellByDovecot(messages: readonly Buffer[]): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), 'chengming-dovecot-'))
  mkdirSync(join(folder, 'home'))
  writeFileSync(join(folder, 'dovecot.conf'), `mail_location = maildir:${folder}/home/mail\nlog_path = /dev/stderr\nbase_dir = ${folder}/home/run\nfirst_valid_uid = 0\n`)
  const append = messages.flatMap((raw, index) => [Buffer.from(`a${index} APPEND INBOX {${raw.length}+}\r\n`), raw, Buffer.from('\r\n')])
  const input = Buffer.concat([...append, Buffer.from('s SELECT INBOX\r\nf FETCH 1:* (ENVELOPE BODYSTRUCTURE)\r\nz LOGOUT\r\n')])
  const run = [IMAP, '-c', join(folder, 'dovecot.conf')]
  for (const one of [folder, join(folder, 'home')]) chmodSync(one, 0o777)
  const asNobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {}
  const answer = spawnSync(run[0] ?? '', run.slice(1), { input, maxBuffer: 2 ** 28, env: { USER: 'nobody', HOME: join(folder, 'home') }, ...asNobody })
  rmSync(folder, { recursive: true })
  const text = answer.stdout.toString('latin1')
  const from = text.indexOf('* 1 FETCH (')
  assert.ok(from >= 0, answer.stderr.toString())
  const parts = text.slice(from, text.indexOf('\r\nf OK', from)).split(/(?:^|\r\n)\* \d+ FETCH \(/).slice(1)
  return parts.map((part) => part.replace(/\)\s*$/, ''))
}
