/** Thunderbird on a screen that nobody sees, driven through Marionette: the protocol of its own tests, JSON over TCP. */
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { freePort } from '../hostile/program.ts'

export type Thunderbird = {
  /** Runs the body of an async function with the program's privileges; `X` lasts from one to the next, `args` are plain values. */
  run(body: string, ...args: readonly unknown[]): Promise<unknown>
  close(): Promise<void>
}

/** Nothing is asked, nothing is fetched from outside. */
const PREFERENCES = {
  'app.update.enabled': false, 'mail.provider.enabled': false, 'mail.rights.version': 1, 'mailnews.start_page.enabled': false, 'mail.shell.checkDefaultClient': false, 'datareporting.policy.dataSubmissionEnabled': false,
  'toolkit.telemetry.enabled': false, 'mail.biff.show_alert': false, 'mail.chat.enabled': false, 'extensions.update.enabled': false, 'network.captive-portal-service.enabled': false, 'network.connectivity-service.enabled': false,
  'mail.inappnotifications.enabled': false, 'mailnews.auto_config_url': 'http://127.0.0.1:9/', 'mail.emptyTrash.dontAskAgain': true, 'mailnews.emptyTrash.dontAskAgain': true, 'mailnews.confirm.moveFoldersToTrash': false,
}

type Answer = readonly [1, number, { readonly error: string; readonly message: string } | null, { readonly value?: unknown } | null]

/** Answers in the order of questions, one at a time. */
function asking(socket: Socket): (name: string, parameters: object) => Promise<unknown> {
  let [heard, id] = [Buffer.alloc(0), 0]
  const answers: Answer[] = []
  let wake = (): void => undefined
  socket.on('data', (chunk: Buffer) => {
    heard = Buffer.concat([heard, chunk])
    for (let colon = heard.indexOf(':'); colon > 0; colon = heard.indexOf(':')) {
      const end = colon + 1 + Number(heard.subarray(0, colon).toString())
      if (heard.length < end) return
      const told: unknown = JSON.parse(heard.subarray(colon + 1, end).toString())
      if (Array.isArray(told)) answers.push(told as unknown as Answer)
      heard = heard.subarray(end)
      wake()
    }
  })
  return async (name, parameters) => {
    const text = JSON.stringify([0, ++id, name, parameters])
    socket.write(`${Buffer.byteLength(text)}:${text}`)
    while (answers.length === 0) await new Promise<void>((resolve) => { wake = resolve })
    const [, , error, result] = answers.shift() ?? assert.fail('no answer')
    if (error !== null) throw new Error(`${name}: ${error.error}: ${error.message}`)
    return result?.value
  }
}

/** Why Thunderbird is not tried; false when it is there. */
export const thunderbirdAbsent = (): string | false => {
  const missing = [['thunderbird', '--version'], ['Xvfb', '-help']].filter(([program = '', option = '']) => spawnSync(program, [option]).error !== undefined)
  return missing.length === 0 ? false : `${missing.map(([program]) => program).join(' and ')} not installed`
}

/** A screen of its own and its number. */
async function openScreen(): Promise<{ readonly name: string; close(): void }> {
  const child = spawn('Xvfb', ['-displayfd', '1', '-nolisten', 'tcp'], { stdio: ['ignore', 'pipe', 'ignore'] })
  const [number] = (await once(child.stdout, 'data')) as [Buffer]
  return { name: `:${number.toString().trim()}`, close: () => void child.kill() }
}

/** A connection as soon as the program listens, which takes seconds. */
async function connected(port: number): Promise<Socket> {
  for (let tries = 0; tries < 600; tries++) {
    const socket = connect(port, '127.0.0.1')
    try {
      await once(socket, 'connect')
      return socket
    } catch {
      await pause(100)
    }
  }
  return assert.fail('Thunderbird does not listen')
}

/** Starts Thunderbird with an empty profile in a folder. */
export async function openThunderbird(folder: string): Promise<Thunderbird> {
  const [profile, port] = [join(folder, 'profile'), await freePort()]
  mkdirSync(profile, { recursive: true })
  writeFileSync(join(profile, 'user.js'), Object.entries({ ...PREFERENCES, 'marionette.port': port }).map(([name, value]) => `user_pref("${name}", ${JSON.stringify(value)});\n`).join(''))
  const screen = await openScreen()
  const child = spawn('thunderbird', ['--marionette', '-remote-allow-system-access', '--no-remote', '--profile', profile], { stdio: 'ignore', env: { ...process.env, HOME: folder, DISPLAY: screen.name } })
  const ended = once(child, 'exit')
  const socket = await connected(port).catch((error: unknown) => {
    child.kill()
    screen.close()
    throw error
  })
  const ask = asking(socket)
  await ask('WebDriver:NewSession', {})
  await ask('Marionette:SetContext', { value: 'chrome' })
  await ask('WebDriver:SetTimeouts', { script: 120_000 })
  return {
    async run(body, ...args) {
      const script = `const done = arguments[arguments.length - 1], args = [...arguments].slice(0, -1), X = (window.X ??= {}); (async () => { ${body} })().then((value) => done({ value }), (error) => done({ error: String(error) + error?.stack }))`
      const told = (await ask('WebDriver:ExecuteAsyncScript', { script, args, sandbox: 'system', newSandbox: false })) as { readonly value?: unknown; readonly error?: string }
      if (told.error !== undefined) assert.fail(told.error)
      return told.value
    },
    async close() {
      child.kill()
      await ended
      socket.destroy()
      screen.close()
    },
  }
}
