import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { ModuleDefinition } from '#kit/module.ts'
import type { ModuleServer } from './module-server.ts'
import type { LoadedModule } from './registry.ts'

const TOP = join(import.meta.dirname, '../../..')
const ROOT = join(TOP, 'modules')

async function load(path: string): Promise<LoadedModule> {
  const { definition } = (await import(pathToFileURL(join(path, 'module.ts')).href)) as { definition: ModuleDefinition }
  const { server } = (await import(pathToFileURL(join(path, 'server/index.ts')).href)) as { server: ModuleServer }
  if (definition.id !== basename(path)) throw new Error(`${path} calls itself ${definition.id}`)
  return { definition, server }
}

/** Needed modules first, so that migrations and starts follow the same order. */
function inOrder(modules: readonly LoadedModule[]): LoadedModule[] {
  const byId = new Map(modules.map((module) => [module.definition.id, module]))
  const ordered = new Set<LoadedModule>()
  const visit = (module: LoadedModule, path: readonly string[]): void => {
    const { id, needs } = module.definition
    if (path.includes(id)) throw new Error(`modules need each other in a circle: ${[...path, id].join(' → ')}`)
    for (const need of needs) {
      const needed = byId.get(need)
      if (needed === undefined) throw new Error(`${id} needs ${need}, which is not there`)
      visit(needed, [...path, id])
    }
    ordered.add(module)
  }
  for (const module of modules) visit(module, [])
  return [...ordered]
}

/** Every folder of `modules/` that has a `module.ts`, and the mail product; a module is added by adding its folder. */
export async function loadModules(): Promise<LoadedModule[]> {
  const folders = (await readdir(ROOT, { withFileTypes: true })).filter((entry) => entry.isDirectory() && existsSync(join(ROOT, entry.name, 'module.ts')))
  return inOrder(await Promise.all([...folders.map(({ name }) => join(ROOT, name)).toSorted(), join(TOP, 'mail')].map(load)))
}
