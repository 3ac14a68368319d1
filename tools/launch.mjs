// Runs with whatever Node (>= 20.19) the machine has: makes sure the dependencies are there and hands over to the pinned Node among them.
import { spawn } from 'node:child_process'
import { existsSync, lstatSync, readFileSync } from 'node:fs'
import { constants } from 'node:os'
import { delimiter, dirname, join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))
const modules = join(root, 'node_modules')
const pinnedNode = join(modules, '.bin', process.platform === 'win32' ? 'node.cmd' : 'node')

const packagesOf = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : undefined)

/**
 * Whether what npm recorded as installed is what the lock file asks for. Contents are compared, not dates: a fresh clone makes
 * every file new. Packages of other platforms are optional and may be absent.
 * @param {Record<string, { version?: string, integrity?: string, optional?: boolean }>} wanted packages of package-lock.json
 * @param {typeof wanted | undefined} installed packages of node_modules/.package-lock.json
 */
export function isInstalled(wanted, installed) {
  if (!installed) return false
  const names = new Set([...Object.keys(wanted), ...Object.keys(installed)])
  names.delete('')
  return [...names].every((name) => {
    const [want, have] = [wanted[name], installed[name]]
    if (!have) return want?.optional === true
    return want !== undefined && want.version === have.version && want.integrity === have.integrity
  })
}

function installed() {
  const wanted = packagesOf(join(root, 'package-lock.json')) ?? {}
  return existsSync(pinnedNode) && isInstalled(wanted, packagesOf(join(modules, '.package-lock.json')))
}

/** The environment without node_modules/.bin in PATH: `npm ci` must not run on the very Node it is about to replace. */
function systemEnvironment() {
  const path = (process.env.PATH ?? '').split(delimiter).filter((part) => !part.includes(`${sep}node_modules${sep}.bin`))
  return { ...process.env, PATH: path.join(delimiter) }
}

function npmCommand() {
  const { npm_execpath: npm, npm_node_execpath: node } = process.env
  const known = npm?.endsWith('npm-cli.js') && node && existsSync(npm) && existsSync(node) && !node.startsWith(modules)
  return known ? [node, npm] : ['npm']
}

function finished(child) {
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code, signal) => resolve(signal ? 128 + constants.signals[signal] : (code ?? 1)))
  })
}

/** Installs the locked dependencies if they are missing or differ from the lock file. */
export async function prepare() {
  if (installed()) return
  if (lstatSync(modules, { throwIfNoEntry: false })?.isSymbolicLink()) {
    if (!existsSync(pinnedNode)) throw new Error('node_modules 是一个链接，但其中没有本平台的 Node，请在它所指的位置执行 npm ci。')
    console.error('提示：node_modules 是一个链接，且与 package-lock.json 不一致，按现状使用。')
    return
  }
  const started = Date.now()
  console.error('正在安装依赖（首次需要一两分钟，请保持网络畅通）……')
  const progress = setInterval(() => console.error(`  仍在安装，已用 ${Math.round((Date.now() - started) / 1000)} 秒`), 15_000)
  const [command, ...first] = npmCommand()
  const code = await finished(
    spawn(command, [...first, 'ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'], {
      cwd: root, stdio: ['ignore', 'inherit', 'inherit'], env: systemEnvironment(), shell: process.platform === 'win32',
    }),
  ).finally(() => clearInterval(progress))
  if (code !== 0) throw new Error(`安装依赖失败（npm ci 退出码 ${code}）。请检查网络与磁盘空间后重试。`)
  if (!installed()) throw new Error('依赖安装后仍不完整：本平台的 Node 没有装上。支持 Linux、macOS（x64、arm64）与 Windows x64。')
  console.error(`依赖已安装，用时 ${Math.round((Date.now() - started) / 1000)} 秒。`)
}

/** Ends `child` when npm, which started us, was killed: nobody else could stop the server then. */
function watchParent(child) {
  if (!process.env.npm_lifecycle_event) return
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid !== parent) child.kill('SIGTERM')
  }, 500)
  timer.unref()
}

/**
 * Passes signals on. One Ctrl-C arrives several times, from the terminal and from npm; the child, in a process group of its own,
 * gets it once. A second Ctrl-C half a second later is a wish of its own.
 */
function passSignals(child) {
  let last = -Infinity
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      const now = performance.now()
      if (now - last > 500) child.kill(signal)
      last = now
    })
  }
}

/**
 * Runs a file with the pinned Node, passing signals on. The child also ends when this process is killed (see leash.mjs).
 * @param {string[]} args file below the root and its arguments
 * @returns {Promise<number>} exit code; 128 + n after a signal
 */
export function run(args) {
  const leash = new URL('./leash.mjs', import.meta.url).href
  const child = spawn(pinnedNode, ['--import', leash, join(root, args[0]), ...args.slice(1)], {
    cwd: root,
    detached: process.platform !== 'win32',
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? join(root, '.cache', 'node') },
  })
  passSignals(child)
  watchParent(child)
  return finished(child)
}

/** The frame of run.mjs and start.mjs: exit code of `job`, or a readable message and 1. */
export async function main(job) {
  try {
    process.exitCode = await job()
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  }
}
