import { createHash } from 'node:crypto'

/** One migration file: `module` is its folder (`platform/org`, `modules/leave`), `hash` the SHA-256 of its text. */
export type Migration = { module: string; name: string; sql: string; hash: string }

const layers = ['platform', 'mail', 'modules', 'interop']

const pattern = /^((?:platform|mail|modules|interop)\/[^/]+)\/server\/migrations\/([^/]+)\.sql$/

export const isMigration = (path: string): boolean => pattern.test(path)

/** Sorts as written in `order` first (within its layer), everything else by name. */
function position(module: string, order: readonly string[]): string {
  const layer = layers.indexOf(module.slice(0, module.indexOf('/')))
  const known = order.indexOf(module)
  return `${layer} ${String(known === -1 ? order.length : known).padStart(4, '0')} ${module}`
}

/**
 * The migrations in the order in which they run: platform, mail, modules, interop; within a layer the folders of `order` first;
 * within a folder by file name. `files` maps paths below the root to their text; other files are ignored.
 */
export function migrationPlan(files: ReadonlyMap<string, string>, order: readonly string[]): Migration[] {
  const found = [...files].flatMap(([path, sql]) => {
    const [, module, name] = pattern.exec(path) ?? []
    return module !== undefined && name !== undefined ? [{ module, name, sql, hash: createHash('sha256').update(sql).digest('hex') }] : []
  })
  const key = (migration: Migration): string => `${position(migration.module, order)} ${migration.name}`
  return found.sort((a, b) => (key(a) < key(b) ? -1 : 1))
}

/** A database and a program that do not fit together; the message is Chinese. */
export class MigrationError extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause })
    this.name = 'MigrationError'
  }
}

/**
 * What is still to run. Forward only: a recorded migration must exist unchanged.
 * @throws MigrationError if a recorded file was changed or is unknown to this program
 */
export function pendingMigrations(plan: readonly Migration[], recorded: readonly Omit<Migration, 'sql'>[]): Migration[] {
  const label = ({ module, name }: { module: string; name: string }): string => `${module}/${name}`
  const known = new Map(plan.map((migration) => [label(migration), migration]))
  for (const done of recorded) {
    const now = known.get(label(done))
    if (!now) throw new MigrationError(`数据库中有本程序不认识的升级步骤 ${label(done)}：数据库比程序新，请使用与之相符或更新的程序。`)
    if (now.hash !== done.hash) throw new MigrationError(`升级步骤 ${label(done)} 在执行之后被修改。已执行的步骤不得修改，请恢复原文件，另写新的步骤。`)
  }
  const done = new Set(recorded.map(label))
  return plan.filter((migration) => !done.has(label(migration)))
}
