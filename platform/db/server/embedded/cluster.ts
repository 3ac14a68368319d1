import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chownSync, existsSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, renameSync, rmSync, statfsSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { type Account, accountCan } from './account.ts'
import type { Binaries } from './binaries.ts'
import { DatabaseFailure, folderFailure, outputFailure } from './failure.ts'

/** The PostgreSQL major version the binaries belong to and the data folder must carry. */
const major = '18'
const leastFreeBytes = 256 * 1024 * 1024

/** Name of the database, of its owner and superuser. */
export const databaseName = 'chengming'

export const clusterFolder = (home: string): string => join(home, 'cluster')
export const readPassword = (home: string): string => readFileSync(join(home, 'password'), 'utf8').trim()

function own(path: string, account: Account): void {
  if (account) chownSync(path, account.uid, account.gid)
}

function requireSpace(folder: string): void {
  const { bavail, bsize } = statfsSync(folder)
  const free = bavail * bsize
  if (free >= leastFreeBytes) return
  const [left, least] = [free, leastFreeBytes].map((bytes) => Math.floor(bytes / 1024 / 1024))
  throw new DatabaseFailure('disk-full', `数据文件夹 ${folder} 所在磁盘只剩 ${left} MB，至少需要 ${least} MB。请清理磁盘，或用 DATA_DIR 指定另一块磁盘。`)
}

/** Creates the data folder (mode 700) and lets the database account pass through it. */
export function prepareDataFolder(dataDir: string, account: Account): void {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    if (account && !accountCan(account, '-x', join(dataDir, '.')) && accountCan(account, '-x', join(dirname(dataDir), '.'))) own(dataDir, account)
    const probe = mkdtempSync(join(dataDir, '.probe-'))
    rmSync(probe, { recursive: true })
  } catch (error) {
    throw folderFailure(dataDir, error)
  }
  requireSpace(dataDir)
}

/**
 * The folder of the server (`cluster/`, `password`, `running.json`) as a real path. Normally `<dataDir>/postgres`. When root keeps
 * the data folder below a folder that the database account may not enter (such as /root), it is a link to a folder in /var/lib.
 */
export function homeFolder(dataDir: string): string {
  const home = join(resolve(dataDir), 'postgres')
  if (existsSync(home)) return realpathSync(home)
  const link = statSync(dataDir, { throwIfNoEntry: false })?.isDirectory() && lstatSync(home, { throwIfNoEntry: false })
  // An empty database in its place would look like a loss of all data, or hide one.
  if (link) throw new DatabaseFailure('folder-unreachable', `${home} 指向的数据库文件夹不存在。请恢复该文件夹；确实不再需要原数据时删除 ${home} 后重新启动。`)
  return home
}

function refuseForeign(home: string): void {
  const cluster = clusterFolder(home)
  const owner = lstatSync(cluster).uid
  const uid = process.getuid?.()
  if (uid !== 0 && uid !== owner) {
    throw new DatabaseFailure('foreign-owner', `数据库文件夹 ${cluster} 属于另一个系统账号（uid ${owner}）。请用该账号（或 root）启动，或用 DATA_DIR 指定另一个文件夹。`)
  }
  const version = readFileSync(join(cluster, 'PG_VERSION'), 'utf8').trim()
  if (version !== major) {
    throw new DatabaseFailure('other-version', `数据库文件夹 ${cluster} 由 PostgreSQL ${version} 创建，本程序使用 ${major}。请用原版本备份后再导入。`)
  }
}

function initialise(fresh: string, binaries: Binaries, account: Account, durable: boolean): void {
  own(fresh, account)
  const password = join(fresh, 'password')
  writeFileSync(password, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600 })
  own(password, account)
  const done = spawnSync(
    binaries.initdb,
    [
      `--pgdata=${clusterFolder(fresh)}`, `--username=${databaseName}`, `--pwfile=${password}`, '--auth=scram-sha-256',
      '--encoding=UTF8', '--locale-provider=builtin', '--locale=C.UTF-8', ...(durable ? [] : ['--no-sync']),
    ],
    { ...account, cwd: '/', encoding: 'utf8', env: { ...process.env, LC_ALL: 'C', TZ: 'Asia/Shanghai' } },
  )
  if (done.status !== 0) throw outputFailure(`${done.stdout ?? ''}\n${done.stderr ?? done.error?.message ?? ''}`.trim().split('\n').slice(-15), 0)
}

/** Where a new home is built: beside its final place, or in /var/lib when the account cannot reach that. */
function buildingPlace(dataDir: string, account: Account): { parent: string; linked: boolean } {
  if (accountCan(account, '-x', join(dataDir, '.'))) return { parent: dataDir, linked: false }
  const parent = '/var/lib/chengming'
  mkdirSync(parent, { recursive: true, mode: 0o755 })
  if (accountCan(account, '-x', join(parent, '.'))) return { parent, linked: true }
  throw new DatabaseFailure('folder-unreachable', `数据文件夹 ${dataDir} 的上级文件夹不允许其他账号进入，而数据库不能以 root 运行。请改用普通账号启动，或用 DATA_DIR 指定例如 /srv/chengming 的文件夹。`)
}

/**
 * Makes sure an initialised cluster exists and returns its home folder. A new one is built under a temporary name and moved
 * into place when complete, so an interrupted first start leaves nothing half made.
 */
export function ensureCluster(dataDir: string, binaries: Binaries, account: Account, durable: boolean, note: (text: string) => void): string {
  const home = homeFolder(dataDir)
  if (existsSync(clusterFolder(home))) {
    refuseForeign(home)
    return home
  }
  const { parent, linked } = buildingPlace(resolve(dataDir), account)
  const fresh = mkdtempSync(join(parent, linked ? 'postgres-' : '.postgres-'))
  try {
    initialise(fresh, binaries, account, durable)
    if (linked) symlinkSync(fresh, home)
    else renameSync(fresh, home)
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true })
    if (existsSync(clusterFolder(homeFolder(dataDir)))) return homeFolder(dataDir) // a parallel start was faster
    throw folderFailure(dataDir, error)
  }
  if (linked) note(`数据文件夹的上级文件夹不允许数据库账号进入，数据库改放在 ${fresh}`)
  return homeFolder(dataDir)
}
