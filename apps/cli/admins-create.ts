import { randomUUID } from 'node:crypto'
import { parseArgs } from 'node:util'
import { shanghaiDate } from '#base/civil-date.ts'
import type { RoleId } from '#kit/access.ts'
import { Audit } from '#platform/audit/contract.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { Identity } from '#platform/identity/contract.ts'
import { Org } from '#platform/org/contract.ts'
import { OperatorError } from '../explain.ts'
import { SOURCE } from './command.ts'
import type { Command } from './command.ts'
import { oneTimePassword } from '#platform/identity/server/one-time-password.ts'

interface Family {
  readonly option: 'system' | 'security' | 'auditor'
  readonly role: RoleId
  readonly title: string
}

const FAMILIES: readonly Family[] = [
  { option: 'system', role: 'system-admin', title: '系统管理员' }, { option: 'security', role: 'security-admin', title: '安全管理员' }, { option: 'auditor', role: 'auditor', title: '安全审计员' },
]

interface Wanted {
  readonly family: Family
  readonly login: string
  readonly name: string
}

const EXAMPLE = 'npm run cli -- admins create --district 上海市某某区 --system zhangsan:张三 --security lisi:李四 --auditor wangwu:王五'

function parse(args: readonly string[]): { district: string | undefined; wanted: readonly Wanted[] } {
  const option = { type: 'string' } as const
  const { values } = parseArgs({ args: [...args], options: { district: option, system: option, security: option, auditor: option }, allowPositionals: false })
  const wanted = FAMILIES.flatMap((family): Wanted[] => {
    const given = values[family.option]
    if (given === undefined) return []
    const [login = '', name = ''] = given.split(/[:：]/).map((part) => part.trim())
    if (!/^[a-z][a-z0-9._-]{2,31}$/i.test(login) || name === '') throw new OperatorError(`--${family.option} 须写成 账号:姓名，账号为 3 到 32 个字母、数字，以字母开头。例如：\n  ${EXAMPLE}`)
    return [{ family, login: login.toLowerCase(), name }]
  })
  if (wanted.length === 0) throw new OperatorError(`请写明要建立的管理员。例如：\n  ${EXAMPLE}`)
  for (const key of ['login', 'name'] as const) {
    if (new Set(wanted.map((one) => one[key])).size < wanted.length) throw new OperatorError('系统管理员、安全管理员、安全审计员须由三个不同的人担任（三员分立）。')
  }
  return { district: values.district, wanted }
}

/** The root of the directory; an empty one gets it here. */
async function rootUnit(ctx: ServerContext, district: string | undefined): Promise<string> {
  const org = ctx.use(Org)
  const [root] = await org.children(null)
  if (root !== undefined) return root.id
  if (district === undefined) throw new OperatorError(`通讯录还是空的，请用 --district 写明区的全称。例如：\n  ${EXAMPLE}`)
  const id = randomUUID()
  await org.load({ units: [{ id, parentId: null, name: district, shortName: district, kind: '政府', isOrganisation: true, order: 0 }], people: [], posts: [], oversight: [], grants: [] })
  return id
}

/** Gives the role to the person of an existing account, or makes person, post and account; answers the one-time password of a new one. */
async function appoint(ctx: ServerContext, { family, login, name }: Wanted, unitId: string): Promise<string | null> {
  const [org, identity] = [ctx.use(Org), ctx.use(Identity)]
  const known = (await identity.accounts({ query: login, limit: 50 })).find((account) => account.login === login)
  if (known !== undefined && known.name !== name) throw new OperatorError(`账号 ${login} 属于「${known.name}」，不是「${name}」，请核对。`)
  const id = known?.personId ?? randomUUID()
  const password = known === undefined ? oneTimePassword() : null
  if (password !== null) {
    const post = { id: randomUUID(), personId: id, unitId, title: family.title, kind: '主职', main: true, dutyRank: null, gradeRank: null, order: 900, from: shanghaiDate(ctx.now), to: null } as const
    await org.load({ units: [], people: [{ id, name }], posts: [post], oversight: [], grants: [] })
    await identity.createAccounts([{ id: randomUUID(), personId: id, login }], password, { changeFirst: true })
  }
  await org.grant({ personId: id, role: family.role, unitId })
  await ctx.use(Audit).record({ action: 'identity.appoint-administrator', object: { type: 'person', id, title: name }, difference: { role: family.role, login } })
  return password
}

export const adminsCreate: Command = {
  name: 'admins create',
  usage: '[--district <区全称>] [--system 账号:姓名] [--security 账号:姓名] [--auditor 账号:姓名]',
  title: '建立三员账号（系统管理员、安全管理员、安全审计员），打印一次性密码',
  detail: [`例如：${EXAMPLE}`, '账号已存在时只授予角色；同一人不能担任两员，也不能兼有业务角色。', '一次性密码只显示一次，首次登录须修改。'],
  async run({ withRuntime, say }, args) {
    const { district, wanted } = parse(args)
    const passwords = await withRuntime((runtime) => runtime.command(null, async (ctx) => {
      const unitId = await rootUnit(ctx, district)
      const made: (string | null)[] = []
      for (const one of wanted) made.push(await appoint(ctx, one, unitId))
      return made
    }, SOURCE))
    wanted.forEach(({ family, login, name }, index) => say(`${family.title} ${name}（${login}）：${passwords[index] === null ? '账号已有，已授予角色' : `一次性密码 ${passwords[index]}`}`))
    say('一次性密码只显示这一次，请当面交给本人；首次登录须修改。')
  },
}
