/** Writes the generated documents. `--check` only tells which are not up to date. To add one: a file in tools/generators, and its name below. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { services } from '#apps/services.ts'
import { createRegistry } from '#platform/registry/server/registry.ts'
import { loadModules } from '#platform/registry/server/load-modules.ts'
import { testDatabase } from '#test/database.ts'
import { readTree, root } from './files.ts'
import { apiDocument } from './generators/api.ts'
import { assignRulesDocument } from './generators/assign-rules.ts'
import { bpmnDocument } from './generators/bpmn.ts'
import { errorsDocument } from './generators/errors.ts'
import type { Generator } from './generators/generator.ts'
import { modulesDocument } from './generators/modules.ts'
import { permissionsDocument } from './generators/permissions.ts'
import { SCHEMA_PATH, schemaText } from './generators/schema.ts'
import { environmentExample, settingsDocument } from './generators/settings.ts'

const generators: readonly Generator[] = [modulesDocument, settingsDocument, environmentExample, errorsDocument, permissionsDocument, apiDocument, assignRulesDocument, bpmnDocument]

const isSource = (path: string): boolean => /^(base|kit|platform|mail|modules|interop)\/.*\.(ts|sql)$/.test(path)

interface Document {
  readonly path: string
  readonly text: string
}

const isChanged = ({ path, text }: Document): boolean => !existsSync(join(root, path)) || readFileSync(join(root, path), 'utf8') !== text

async function documents(): Promise<Document[]> {
  const material = { sources: readTree(root, isSource), registry: createRegistry(services, await loadModules()) }
  return generators.map(({ path, text }) => ({ path, text: text(material) }))
}

/** The one document that needs PostgreSQL; a test compares it instead of `npm run check`. */
export async function schemaDocument(): Promise<Document> {
  const database = await testDatabase()
  try {
    return { path: SCHEMA_PATH, text: await schemaText(database.url) }
  } finally {
    await database.drop()
  }
}

/** One line for each generated file that is not up to date. */
export const outdated = async (): Promise<string[]> => (await documents()).filter(isChanged).map(({ path }) => `${path}: not up to date, run npm run generate`)

if (import.meta.main) {
  const checking = process.argv.includes('--check')
  for (const { path, text } of [...(await documents()), await schemaDocument()].filter(isChanged)) {
    console.log(checking ? `${path}: not up to date` : `${path}: written`)
    if (checking) process.exitCode = 1
    else {
      mkdirSync(dirname(join(root, path)), { recursive: true })
      writeFileSync(join(root, path), text)
    }
  }
}
