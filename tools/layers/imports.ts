import { posix } from 'node:path'

/** One import of a file: the file it names, or a package (`pg`, `node:fs`). */
export type Import = { from: string; target: string; inside: boolean; typeOnly: boolean }

const statement = /(?:^|\n)[ \t]*(?:import|export)\s(type\s)?(?:[^'"`;]*?\sfrom\s*)?['"]([^'"\n]+)['"]/g
const dynamic = /\bimport\(\s*['"]([^'"\n]+)['"]\s*\)/g

/** Imports of one file, type imports and dynamic ones included; `#base/x` and relative names become paths below the root. */
export function importsOf(path: string, text: string): Import[] {
  const named = [
    ...[...text.matchAll(statement)].map(([, type, name = '']) => ({ name, typeOnly: type !== undefined })),
    ...[...text.matchAll(dynamic)].map(([, name = '']) => ({ name, typeOnly: false })),
  ]
  return named.map(({ name, typeOnly }) => {
    if (name.startsWith('#')) return { from: path, target: name.slice(1), inside: true, typeOnly }
    if (name.startsWith('.')) return { from: path, target: posix.normalize(posix.join(posix.dirname(path), name)), inside: true, typeOnly }
    return { from: path, target: name, inside: false, typeOnly }
  })
}

/** A path as the rules see it. `unit` is the folder that owns it: `modules/leave`, `platform/org`, `base`. */
export function placeOf(path: string): { layer: string; unit: string; server: boolean; browser: boolean; contract: boolean } {
  const parts = path.split('/')
  const layer = parts[0] ?? ''
  const nested = ['platform', 'mail', 'modules', 'interop'].includes(layer) && parts.length > 2
  const rest = nested ? parts.slice(2) : parts.slice(1)
  return {
    layer,
    unit: nested ? `${layer}/${parts[1]}` : layer,
    server: (rest[0] === 'server' && layer !== 'ui') || (layer === 'mail' && parts[1] === 'server'),
    browser: ['ui', 'web', 'mobile'].includes(layer) || (layer === 'mail' && ['web', 'mobile'].includes(parts[1] ?? '')) || (nested && (rest[0] === 'web' || rest[0] === 'mobile')),
    contract: nested && rest.length === 1 && rest[0] === 'contract.ts',
  }
}

/** Tests, tools and benchmarks may look anywhere. */
export const isFree = (path: string): boolean => /\.(test|scenario|e2e)\.tsx?$|\.test\.ts$|\.fixture\.ts$/.test(path) || /^(tools|test|bench)\//.test(path)
