/** `npm run new-module -- <id> <标题>`: a working module in the shape of the others, to be changed from there. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { filesBelow, root } from './files.ts'

const TEMPLATE = join(root, 'tools/new-module/template')

const ID = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/

/** Mistakes of the person at the terminal, told in a sentence. */
export class UsageError extends Error {}

/** Files of a new module as text by path below the root. */
export function newModule(id: string, title: string): Map<string, string> {
  if (!ID.test(id)) throw new UsageError(`模块名「${id}」须为小写英文，单词之间用连字符，例如 meeting-rooms。`)
  if (title === '' || /['"`\\{}\n]/.test(title)) throw new UsageError('标题不能为空，也不能含引号、反斜线和花括号。')
  const camel = id.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase())
  const words: Readonly<Record<string, string>> = { id, title, camel, pascal: camel.replace(/^./, (letter) => letter.toUpperCase()), table: id.replaceAll('-', '_') }
  const filled = (text: string): string => text.replaceAll(/\{\{(\w+)\}\}/g, (whole, name: string) => words[name] ?? whole)
  return new Map(filesBelow(TEMPLATE).map((path) => [`modules/${id}/${filled(path).replace(/\.txt$/, '')}`, filled(readFileSync(join(TEMPLATE, path), 'utf8'))]))
}

/** Writes a new module below `folder`; an existing one is never touched. */
export function writeModule(folder: string, id: string, title: string): readonly string[] {
  const files = newModule(id, title)
  if (existsSync(join(folder, 'modules', id))) throw new UsageError(`modules/${id} 已存在。`)
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return [...files.keys()]
}

if (import.meta.main) {
  const [id = '', title = ''] = process.argv.slice(2)
  try {
    if (id === '' || id === '--help') throw new UsageError('用法：npm run new-module -- <模块名> <标题>，例如 npm run new-module -- meeting-rooms 会议室')
    for (const path of writeModule(root, id, title)) console.log(`已建立 ${path}`)
    console.log(`接着执行 npm run generate，再试 npm test -- modules/${id}`)
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    console.error(error.message)
    process.exitCode = 1
  }
}
