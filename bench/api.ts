/** Lists, boxes and searches at the interface on 10,000 people and 1,000,000 records, one request after the other and eight at once. */
import { generate } from '#test/world/world.ts'
import { OLD_ROWS_PLACE, PEOPLE, RECORDS, hammer, percentiles, report, signIn, startServer } from './harness.ts'

const ROUNDS = Number(process.argv[2] ?? 200)

const server = await startServer()
const world = generate(PEOPLE)
const login = (place: number): string => world.accounts.at(place)?.login ?? ''
const cookies = { leader: await signIn(server.address, 'chenliqun'), head: await signIn(server.address, 'hexiangdong'), clerk: await signIn(server.address, login(-1)), 'only old rows': await signIn(server.address, login(OLD_ROWS_PLACE)) }

async function get(path: string, cookie: string): Promise<{ items?: unknown[]; next?: string | null }> {
  const answer = await fetch(server.address + path, { headers: { cookie } })
  if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
  return (await answer.json()) as { items?: unknown[]; next?: string | null }
}

interface Case {
  readonly name: string
  readonly path: string
  readonly cookie: string
}

async function cases(): Promise<Case[]> {
  const list = '/api/records/sample_record'
  const filter = (condition: object): string => `${list}?limit=20&filter=${encodeURIComponent(JSON.stringify(condition))}`
  const who = Object.entries(cookies)
  const after = new Map<string, string>()
  for (const [name, cookie] of who) after.set(name, (await get(`${list}?limit=200`, cookie)).next ?? '')
  const search = (query: string): Case => ({ name: `people: ${query}`, path: `/api/people?query=${encodeURIComponent(query)}`, cookie: cookies.clerk })
  return [
    { name: 'session (floor)', path: '/api/session', cookie: cookies.clerk },
    ...who.flatMap(([name, cookie]): Case[] => [
      { name: `list, ${name}: first page`, path: `${list}?limit=20`, cookie },
      ...(after.get(name) ? [{ name: `list, ${name}: page 11`, path: `${list}?limit=20&after=${encodeURIComponent(after.get(name) ?? '')}`, cookie }] : []),
      { name: `list, ${name}: by state`, path: filter({ kind: 'field', field: 'state', op: '=', value: 'open' }), cookie },
      { name: `list, ${name}: count to 1000`, path: `${list}/count`, cookie },
    ]),
    { name: 'to-dos: 待办', path: '/api/todos?box=todo', cookie: cookies.clerk },
    { name: 'to-dos: 我发起', path: '/api/todos?box=mine', cookie: cookies.clerk },
    { name: 'to-dos: 已办', path: '/api/todos?box=done', cookie: cookies.clerk },
    { name: 'to-dos: search', path: `/api/todos?box=done&search=${encodeURIComponent('防汛')}`, cookie: cookies.clerk },
    ...['王', '王磊', 'w', 'wang', 'wl', '办公室', '王 办公室', '应急', '1690', 'z', '科', 'nobodyhasthis'].map(search),
    { name: 'units: 局', path: `/api/units/search?query=${encodeURIComponent('局')}`, cookie: cookies.clerk },
  ]
}

const rows: object[] = []
for (const { name, path, cookie } of await cases()) {
  await get(path, cookie)
  const alone = percentiles((await hammer(ROUNDS, 1, async () => void (await get(path, cookie)))).times)
  const many = await hammer(ROUNDS * 4, 8, async () => void (await get(path, cookie)))
  const busy = percentiles(many.times)
  rows.push({ name, ...alone, 'p95, 8 at once': busy.p95, 'p99, 8 at once': busy.p99, 'per second': Math.round(many.times.length / many.seconds) })
}
report('api', rows, { people: PEOPLE, records: RECORDS })
await server.stop()
process.exit(0)
