import { placeOf } from './imports.ts'

const inQuery = /\b(?:from|join|into|update|table(?:\s+if\s+(?:not\s+)?exists)?|references)\s+"?([a-z][a-z0-9_]*)"?/gi
const inBuilder = /\b(?:selectFrom|insertInto|updateTable|deleteFrom|mergeInto|(?:inner|left|right|full)Join)\(\s*['"`]([a-z][a-z0-9_]*)/g
const created = /\bcreate\s+(?:unlogged\s+)?table\s+(?:if\s+not\s+exists\s+)?"?([a-z][a-z0-9_]*)"?/gi
const literal = /'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/g

const prefix = (id: string): string => id.replaceAll('-', '_')
const belongs = (table: string, id: string): boolean => table === prefix(id) || table.startsWith(`${prefix(id)}_`)

/** The module whose prefix a table carries; the longest prefix wins (`doc_center_file` is not of `doc`). */
function ownerOf(table: string, ids: readonly string[]): string | undefined {
  return ids.filter((id) => belongs(table, id)).sort((a, b) => b.length - a.length)[0]
}

function tablesNamed(path: string, text: string): string[] {
  const sql = path.endsWith('.sql') ? text.replaceAll(/--.*$/gm, '') : (text.match(literal) ?? []).join('\n')
  const names = [...sql.matchAll(inQuery)].map(([, name = '']) => name.toLowerCase())
  return [...new Set([...names, ...[...text.matchAll(inBuilder)].map(([, name = '']) => name)])]
}

/** Rule 3, a heuristic on strings: server code and migrations of a module name no table of another module and create only their own. */
export function checkTables(files: ReadonlyMap<string, string>, ids: readonly string[]): string[] {
  return [...files].flatMap(([path, text]) => {
    const place = placeOf(path)
    if (place.layer !== 'modules' || !place.server) return []
    const id = place.unit.slice('modules/'.length)
    const foreign = tablesNamed(path, text).filter((table) => (ownerOf(table, ids) ?? id) !== id)
    const strange = path.endsWith('.sql') ? [...text.matchAll(created)].map(([, name = '']) => name.toLowerCase()).filter((name) => !belongs(name, id)) : []
    return [
      ...foreign.map((table) => `${path}: names ${table}, a table of ${ownerOf(table, ids)}`),
      ...strange.filter((table) => !foreign.includes(table)).map((table) => `${path}: creates ${table}, whose name does not begin with ${prefix(id)}_`),
    ]
  })
}
