import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { settingTexts } from '#platform/config/contract.ts'
import { demoPassword } from './data-folder.ts'
import { loadSettings, parseSettings, SettingsError } from './settings.ts'

test('without any variable the documented defaults hold', () => {
  const settings = parseSettings({}, '/opt/chengming')
  assert.equal(settings.port, 8080)
  assert.equal(settings.dataDir, '/opt/chengming/data')
  assert.equal(settings.blobUrl, 'file:///opt/chengming/data/blobs')
  assert.equal(settings.demo, true)
  assert.deepEqual(settings.roles, ['web', 'jobs', 'smtp', 'imap', 'pop'])
  assert.equal(settings.trustProxy, false)
  assert.equal(settings.tls, undefined)
  assert.deepEqual(settings.mail, { smtp: 2525, submission: 5587, smtps: 4465, lmtp: 0, imap: 1143, imaps: 9993, pop3: 1110, pop3s: 9995 })
})

test('every documented example is accepted', () => {
  const given = Object.fromEntries(settingTexts.map(({ name, example }) => [name, example]))
  const settings = parseSettings(given, '/opt')
  assert.equal(settings.databaseUrl, 'postgres://user:password@db.local:5432/chengming')
  assert.deepEqual(settings.roles, ['web', 'jobs'])
  assert.deepEqual(settings.trustProxy, ['10.0.0.0/8'])
  assert.equal(settings.demo, false)
})

test('every wrong variable is named with an example', () => {
  const wrong: [string, string][] = [
    ['PORT', '80a'], ['PORT', '70000'], ['PORT', '-1'], ['PORT', '1.5'], ['DATABASE_URL', 'mysql://x'], ['BLOB_URL', 'ftp://x'], ['ROLES', 'web,cat'],
    ['ROLES', ','], ['DEMO', 'yes'], ['DEMO_PASSWORD', 'short'], ['PUBLIC_URL', 'oa.example.cn'], ['IMAP_PORT', 'x'], ['MAIL_CLAMD', 'clamd'], ['MAIL_CLAMD', 'h:0'], ['MAIL_CLAMD', 'h:70000'], ['MAIL_CLAMD', 'a b:1'], ['MAIL_RSPAMD', '127.0.0.1:11333'], ['MAIL_RSPAMD', 'http://h/checkv2'], ['MAIL_SCAN_FAIL', 'maybe'], ['MAIL_SCAN_MB', '0'], ['LOG_LEVEL', 'loud'],
  ]
  for (const [name, value] of wrong) {
    assert.throws(() => parseSettings({ [name]: value }, '/'), (error) => error instanceof SettingsError && error.message.includes(`例如 ${name}=`), `${name}=${value}`)
  }
  assert.throws(() => parseSettings({ PORT: 'x', DEMO: 'x' }, '/'), { variables: ['PORT', 'DEMO'] })
})

test('certificate and key come together', () => {
  assert.throws(() => parseSettings({ TLS_CERT: '/c' }, '/'), { variables: ['TLS_KEY'] })
  assert.throws(() => parseSettings({ TLS_KEY: '/k' }, '/'), { variables: ['TLS_CERT'] })
  assert.deepEqual(parseSettings({ TLS_CERT: '/c', TLS_KEY: '/k' }, '/').tls, { cert: '/c', key: '/k' })
})

test('clamd by port or by socket', () => {
  const clamdOf = (value: string): unknown => parseSettings({ MAIL_CLAMD: value }, '/').mailScanning.clamd
  assert.deepEqual([clamdOf('clamd.local:3310'), clamdOf('[fd00::2]:3310'), clamdOf('/run/clamav/clamd.ctl')], [{ host: 'clamd.local', port: 3310 }, { host: 'fd00::2', port: 3310 }, { path: '/run/clamav/clamd.ctl' }])
  assert.deepEqual(parseSettings({ MAIL_CLAMD: '' }, '/').mailScanning, { clamd: null, rspamd: null, onFailure: 'later', most: 26_214_400 })
})

test('an empty variable counts as absent, and an outside database switches the demonstration off', () => {
  assert.equal(parseSettings({ PORT: '', DATABASE_URL: ' ' }, '/').databaseUrl, undefined)
  assert.equal(parseSettings({ DATABASE_URL: 'postgresql://h/d' }, '/').demo, false)
})

test('.env completes the environment, the environment wins; the demonstration password is made once', () => {
  const folder = mkdtempSync(join(tmpdir(), 'chengming-settings-'))
  writeFileSync(join(folder, '.env'), 'PORT=9001\nIMAP_PORT=0\n')
  const settings = loadSettings(folder, { PORT: '9002' })
  assert.deepEqual([settings.port, settings.mail.imap], [9002, 0])
  const first = demoPassword(settings.dataDir, undefined)
  assert.match(first.password, /^[a-zA-Z2-9]{5}(-[a-zA-Z2-9]{5}){2}$/)
  assert.deepEqual(demoPassword(settings.dataDir, undefined), { password: first.password, fresh: false })
  assert.equal(demoPassword(settings.dataDir, 'Given-123').password, 'Given-123')
  assert.equal(statSync(settings.dataDir).mode & 0o777, 0o700)
  assert.equal(statSync(join(settings.dataDir, 'demo-password')).mode & 0o777, 0o600)
  rmSync(folder, { recursive: true })
})
