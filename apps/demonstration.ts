import { existsSync } from 'node:fs'
import { glob } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { demoPassword } from '#platform/config/server/data-folder.ts'
import type { Settings } from '#platform/config/contract.ts'
import { Identity } from '#platform/identity/contract.ts'
import { Org } from '#platform/org/contract.ts'
import type { Directory } from '#platform/org/contract.ts'
import type { Actor } from '#kit/context.ts'
import type { Runtime } from '#platform/registry/server/runtime.ts'
import { CAST } from '#test/world/cast.ts'
import { generate, postOf } from '#test/world/world.ts'
import type { World } from '#test/world/world.ts'

/** What a module's `seed.ts` exports: believable records for the demonstration district. */
export type Seed = (runtime: Runtime, as: (login: string) => Promise<Actor>) => Promise<void>

/** The demonstration district in the shape the directory takes in. */
export const directoryOf = ({ units, people, memberships, oversight, roles }: World): Directory => ({ units, people, posts: memberships, oversight, grants: roles })

/** Loads the people and their accounts, all with one password. */
export async function loadWorld(runtime: Runtime, world: World, password: string): Promise<void> {
  await runtime.command(null, async (ctx) => {
    await ctx.use(Org).load(directoryOf(world))
    await ctx.use(Identity).createAccounts(world.accounts, password, { changeFirst: false })
  })
}

/** Somebody of the district by login, acting in the main post. */
export async function actorAs(runtime: Runtime, login: string): Promise<Actor> {
  const actor = await runtime.query(null, (ctx) => ctx.use(Identity).actorInPost(postOf(login)))
  if (actor === null) throw new Error(`the demonstration district has no ${login}`)
  return actor
}

async function loadRecords(runtime: Runtime): Promise<void> {
  const root = join(import.meta.dirname, '..')
  const loaded = new Set(runtime.registry.modules.map(({ definition }) => definition.id))
  for await (const file of glob(['modules/*/seed.ts', 'mail/seed.ts'], { cwd: root })) {
    if (!loaded.has(basename(dirname(file)))) continue
    const { seed } = (await import(pathToFileURL(join(root, file)).href)) as { seed: Seed }
    await seed(runtime, (login) => actorAs(runtime, login))
  }
}

/** Those worth a line on the terminal: the three administrators, a leader, the office, and another organisation. */
const SIGN_IN = new Set(['sysadmin', 'secadmin', 'auditor', 'chenliqun', 'zhoumuyuan', 'linxiaowen', 'guyuncheng', 'hanxuemei', 'luzhengyang', 'jiangheping', 'panyueming', 'yangruifeng'])

/** Loads the demonstration district into an empty database; answers the lines that tell how to sign in. */
export async function loadDemonstration(runtime: Runtime, settings: Settings, say: (line: string) => void): Promise<readonly string[]> {
  if (!settings.demo) return []
  const { password, fresh } = demoPassword(settings.dataDir, settings.demoPassword)
  const empty = (await runtime.query(null, (ctx) => ctx.use(Org).children(null))).length === 0
  if (empty) {
    say('正在装入演示区……')
    await loadWorld(runtime, generate(), password)
    await loadRecords(runtime)
  }
  const shown = fresh || empty ? password : existsSync(join(settings.dataDir, 'demo-password')) ? `见 ${join(settings.dataDir, 'demo-password')}` : '由 DEMO_PASSWORD 设定'
  return ['演示账号（密码均为 ' + shown + '）：', ...CAST.filter(({ login }) => SIGN_IN.has(login)).map(({ login, name }) => `  ${login.padEnd(14)}${name}`)]
}
