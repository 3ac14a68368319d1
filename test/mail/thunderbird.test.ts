/** Thunderbird at our IMAP server; left out where it is not installed. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { encodeMailboxName } from '#mail/imap/mailbox-name.ts'
import { eventually } from '../hostile/program.ts'
import { message, openImap, PASSWORD, type RawClient, type TestImap } from './imap.ts'
import { openThunderbird, type Thunderbird, thunderbirdAbsent } from './thunderbird.ts'

const skip = thunderbirdAbsent()
const limit = { timeout: 120_000, skip }
let it: TestImap
let folder = ''
let program: Thunderbird | undefined
let other: RawClient

const running = (): Thunderbird => program ?? assert.fail('Thunderbird did not start')

/** What the steps share within the program. */
const HELPERS = `
  const { MailServices } = ChromeUtils.importESModule('resource:///modules/MailServices.sys.mjs')
  X.until = async (what) => { for (let tries = 0; tries < 400; tries++) { const found = await what(); if (found) return found; await new Promise((resolve) => setTimeout(resolve, 50)) } throw new Error('waited in vain: ' + what) }
  X.url = () => { const { promise, resolve, reject } = Promise.withResolvers(); return { promise, QueryInterface: ChromeUtils.generateQI(['nsIUrlListener']), OnStartRunningUrl() {}, OnStopRunningUrl(url, status) { status === 0 ? resolve() : reject(new Error('failed 0x' + (status >>> 0).toString(16))) } } }
  X.update = async (folder) => { const told = X.url(); folder.QueryInterface(Ci.nsIMsgImapMailFolder).updateFolderWithListener(null, told); await told.promise }
  X.folder = (name) => X.server.rootFolder.descendants.find((one) => one.name === name)
  X.copied = () => { const { promise, resolve, reject } = Promise.withResolvers(); return { promise, QueryInterface: ChromeUtils.generateQI(['nsIMsgCopyServiceListener']), onStartCopy() {}, onProgress() {}, setMessageKey() {}, getMessageId: () => null, onStopCopy(status) { status === 0 ? resolve() : reject(new Error('not copied')) } } }
  X.window = Services.wm.getMostRecentWindow('mail:3pane').msgWindow
  X.copy = MailServices.copy
  X.server = MailServices.accounts.createIncomingServer(args[0], '127.0.0.1', 'imap')
  Object.assign(X.server, { port: args[1], socketType: Ci.nsMsgSocketType.plain, authMethod: Ci.nsMsgAuthMethod.passwordCleartext, password: args[2] })
  const account = MailServices.accounts.createAccount(), identity = MailServices.accounts.createIdentity()
  identity.email = 'bird@cn.example'
  account.addIdentity(identity)
  account.incomingServer = X.server
  X.server.performExpand(X.window)
  X.inbox = await X.until(() => X.server.rootFolder.getFolderWithFlags(Ci.nsMsgFolderFlags.Inbox))
  await X.update(X.inbox)`

before(async () => {
  if (skip !== false) return
  it = await openImap(['bird'], 10_000_000)
  folder = mkdtempSync(join(tmpdir(), 'chengming-bird-'))
  other = await it.signedIn('bird')
  for (let at = 0; at < 20; at++) await it.append(other, 'INBOX', message(`bird-${at}`, '中文𬭎\r\n.\r\n'.repeat(at + 1)), at % 2 === 0 ? '(\\Seen) ' : '(\\Flagged) ')
  program = await openThunderbird(folder)
})
after(async () => {
  if (skip !== false) return
  await program?.close()
  await it.close()
  rmSync(folder, { recursive: true, force: true })
  assert.deepEqual(it.errors, [])
})

test('Thunderbird takes everything down: subjects, sizes and flags are those of the server', limit, async () => {
  await running().run(HELPERS, 'bird', it.port, PASSWORD)
  const local = await running().run(`const told = X.url(); X.inbox.downloadAllForOffline(told, X.window); await told.promise; return [...X.inbox.messages].map((one) => [one.messageKey, one.subject, one.messageSize, one.isRead, one.isFlagged, (one.flags & Ci.nsMsgMessageFlags.Offline) !== 0])`)
  const told = await other.say('s SELECT INBOX\r\nf FETCH 1:* (UID RFC822.SIZE FLAGS)\r\n', /^f OK/m)
  const there = [...told.matchAll(/FETCH \(UID (\d+) RFC822\.SIZE (\d+) FLAGS \(([^)]*)\)\)/g)].map(([, uid, size, flags = '']) => [Number(uid), `bird-${Number(uid) - 1}`, Number(size), flags.includes('\\Seen'), flags.includes('\\Flagged'), true])
  assert.equal(there.length, 20)
  assert.deepEqual(local, there)
})

test('Thunderbird hears of new mail, flags and deletions while it is idle', limit, async () => {
  await it.append(other, 'INBOX', message('bird-new'))
  await running().run(`await X.until(() => [...X.inbox.messages].some((one) => one.subject === 'bird-new'))`)
  await other.say('x STORE 1 -FLAGS (\\Seen)\r\ny STORE 2 +FLAGS (\\Deleted)\r\nz EXPUNGE\r\n', /^z OK/m)
  await running().run(`await X.until(() => { const all = [...X.inbox.messages]; return all.find((one) => one.messageKey === 1).isRead === false && !all.some((one) => one.messageKey === 2) })`)
})

test('Thunderbird moves a message into a mailbox that it makes, deletes that and empties its trash', limit, async () => {
  await running().run(`
    X.server.rootFolder.createSubfolder('督办𬭎', X.window)
    const made = await X.until(() => X.folder('督办𬭎')), copied = X.copied()
    X.copy.copyMessages(X.inbox, [[...X.inbox.messages].find((one) => one.subject === 'bird-new')], made, true, copied, X.window, false)
    await copied.promise`)
  const name = encodeMailboxName('督办𬭎')
  const moved = (told: string): boolean => told.includes('MESSAGES 1)')
  assert.ok(moved(await eventually(() => other.say(`x STATUS ${name} (MESSAGES)\r\n`, /^x /m), moved)))
  await running().run(`
    X.folder('督办𬭎').deleteSelf(X.window)
    const trash = X.server.rootFolder.getFolderWithFlags(Ci.nsMsgFolderFlags.Trash)
    await X.until(() => trash.subFolders.length === 1)
    const told = X.url()
    trash.emptyTrash(told)
    await told.promise`)
  assert.ok(!(await other.say('x LIST "" *\r\n', /^x OK/m)).includes(name))
})
