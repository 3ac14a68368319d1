import { type Import, placeOf } from './imports.ts'

/** What each layer may import besides itself. */
const below: Readonly<Record<string, readonly string[]>> = {
  base: [],
  kit: ['base'],
  platform: ['base', 'kit'],
  mail: ['base', 'kit', 'platform'],
  modules: ['base', 'kit', 'platform'],
  interop: ['base', 'kit', 'platform', 'mail', 'modules'],
  ui: ['base', 'kit'],
  web: ['base', 'kit', 'ui', 'platform', 'mail', 'modules'],
  mobile: ['base', 'kit', 'ui', 'platform', 'mail', 'modules'],
  apps: ['base', 'kit', 'platform', 'mail', 'modules', 'interop', 'test'],
}

/** The demonstration district is the world of the tests. */
const isWorld = (from: string, target: string): boolean => from.startsWith('apps/') && target.startsWith('test/world/')

const seesModuleList = (from: string): boolean => from.startsWith('platform/registry/')

/** Rule 1 and 6: nothing imports upward; only apps, the registry and the shells see the list of modules. */
export function checkDirection({ from, target, inside }: Import): string[] {
  const [own, other] = [placeOf(from), placeOf(target)]
  const allowed = below[own.layer]
  if (!inside || !allowed || own.layer === other.layer || allowed.includes(other.layer)) return []
  if (own.browser && other.layer === 'ui') return []
  if (isWorld(from, target)) return []
  if (seesModuleList(from) && other.layer === 'modules') return []
  return [`${from}: ${own.layer} must not import ${target}`]
}

/** Rule 1: browser code never imports server code or Node. */
export function checkBrowser({ from, target, inside }: Import): string[] {
  if (!placeOf(from).browser) return []
  if (inside && placeOf(target).server) return [`${from}: browser code must not import server code (${target})`]
  return !inside && target.startsWith('node:') ? [`${from}: browser code must not import ${target}`] : []
}

/** Definition files: those directly in a module, and every contract. Seeds run on the server only. */
function isDefinition(path: string): boolean {
  const place = placeOf(path)
  if (place.contract) return true
  return place.layer === 'modules' && path.split('/').length === 3 && path.endsWith('.ts') && !path.endsWith('/seed.ts')
}

/** Rule 1: definition files and contracts import only base, kit, siblings, other contracts and zod; base and kit know neither Node nor the DOM. */
export function checkPurity({ from, target, inside }: Import): string[] {
  const [own, other] = [placeOf(from), placeOf(target)]
  if ((own.layer === 'base' || own.layer === 'kit') && target.startsWith('node:')) return [`${from}: ${own.layer} must not import ${target}`]
  // Shapes of requests and answers are written with zod.
  if (!isDefinition(from) || target === 'zod') return []
  const sibling = other.unit === own.unit && !other.server && !other.browser
  if (inside && (['base', 'kit'].includes(other.layer) || sibling || other.contract)) return []
  return [`${from}: a definition file may import base, kit, siblings, contracts and zod only, not ${target}`]
}

const protocols = /^mail\/(mime|smime|smtp|imap|pop3|scan)\//

/** Rule 5: the mail protocols answer bytes and know no database. */
export function checkProtocols({ from, target, inside }: Import): string[] {
  if (!protocols.test(from)) return []
  const database = inside ? target.startsWith('platform/db/') : /^(pg|kysely|pg-boss)(\/|$)/.test(target)
  return database ? [`${from}: a mail protocol must not import ${target}`] : []
}
