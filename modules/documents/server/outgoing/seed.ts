import type { Actor } from '#kit/context.ts'
import { Numbering } from '#platform/numbering/contract.ts'
import { Org } from '#platform/org/contract.ts'
import { Records } from '#platform/records/contract.ts'
import type { Runtime } from '#platform/registry/server/runtime.ts'
import { doStep, fail, stageOf } from '../incoming/seed-stage.ts'
import type { Stage } from '../incoming/seed-stage.ts'
import { seriesOf } from './number.ts'
import { COLD_WAVE, DATA_QUALITY, DRILL_REQUEST, LIFT_PATROL, MEETING_RULES, SEAL_RULES } from './seed-texts.ts'
import type { SeedText } from './seed-texts.ts'

type People = (login: string) => Promise<Actor>

const ENTITY = 'documents_outgoing'
/** Numbers the office gave before it used this system: the demonstration goes on behind them. */
const GIVEN_BEFORE = 58

/** Drafts a document and hands it in, so many working days ago. */
async function handIn(stage: Stage, daysAgo: number, drafter: Actor, text: SeedText, more: Readonly<Record<string, unknown>>): Promise<string> {
  const runtime = await stage.at(daysAgo, 9)
  const values = { secrecy: 'none', disclosure: 'on-request', ...text, ...more }
  const { id } = await runtime.command(drafter, (ctx) => ctx.use(Records).handIn(ENTITY, values))
  return id
}

const approve = async (stage: Stage, daysAgo: number, hour: number, actor: Actor, id: string, opinion: string): Promise<void> =>
  doStep(await stage.at(daysAgo, hour), actor, id, { entity: ENTITY, outcome: 'approve', opinion })

/** 部门负责人 of the drafter's unit. */
async function headOf(runtime: Runtime, stage: Stage, { unitId }: Actor): Promise<Actor> {
  const unit = await runtime.query(null, (ctx) => ctx.use(Org).unit(unitId))
  return stage.holder('department-head', unit ?? fail(unitId))
}

/** Reviewed and, with `revised`, passed by 文秘 and the head of the office. */
async function review(stage: Stage, as: People, daysAgo: number, id: string, revised: boolean): Promise<void> {
  const head = await headOf(await stage.at(daysAgo, 10), stage, await as('linxiaowen'))
  await approve(stage, daysAgo, 10, head, id, '已审，请办公室核稿。')
  if (!revised) return
  await approve(stage, daysAgo, 11, await as('guyuncheng'), id, '已按格式规范修改，请主任审核。')
  await approve(stage, daysAgo, 14, await as('hexiangdong'), id, '已核，请领导审签。')
}

async function reserveEarlier(stage: Stage, registrar: Actor, id: string): Promise<void> {
  const runtime = await stage.at(4, 9)
  await runtime.command(registrar, async (ctx) => {
    const { name, pattern } = await seriesOf(ctx, await ctx.use(Records).rule(ENTITY, id))
    await ctx.use(Numbering).reserve(name, pattern, Array.from({ length: GIVEN_BEFORE }, (_, index) => index + 1), '系统启用前已编发')
  })
}

/** One notice of the office, signed, numbered, set and sent out. */
async function issue(stage: Stage, as: People, id: string, daysAgo: number): Promise<void> {
  await review(stage, as, daysAgo, id, true)
  await approve(stage, daysAgo, 15, await as('zhoumuyuan'), id, '同意，请印发。')
  const registrar = await as('hanxuemei')
  await doStep(await stage.at(daysAgo - 1, 9), registrar, id, { entity: ENTITY, values: { printCopies: 60 } })
  await doStep(await stage.at(daysAgo - 1, 10), registrar, id, { entity: ENTITY })
}

/** Believable documents at every step from review to distribution, for the demonstration district. */
export async function seedOutgoing(runtime: Runtime, as: People): Promise<void> {
  const stage = stageOf(runtime)
  const unit = async (name: string): Promise<string> => (await stage.organisation(name)).id
  const [drafter, signer] = [await as('linxiaowen'), (await as('zhoumuyuan')).personId]
  const recipients = [await unit('区应急局'), await unit('区市场监管局'), await unit('虹桥街道')]
  const office = { signer, recipients }

  const issued = await handIn(stage, 5, drafter, DATA_QUALITY, { ...office, disclosure: 'active', note: '此件公开发布' })
  await reserveEarlier(stage, await as('hanxuemei'), issued)
  await issue(stage, as, issued, 5)

  const numbering = await handIn(stage, 3, drafter, MEETING_RULES, office)
  await review(stage, as, 3, numbering, true)
  await approve(stage, 2, 16, await as('zhoumuyuan'), numbering, '同意，请按程序印发。')

  const cosigning = await handIn(stage, 2, drafter, LIFT_PATROL, { ...office, cosigners: [await unit('区建设管理委'), await unit('区市场监管局')] })
  await review(stage, as, 2, cosigning, true)

  const signing = await handIn(stage, 1, drafter, COLD_WAVE, { ...office, disclosure: 'active', note: '此件公开发布' })
  await review(stage, as, 1, signing, true)

  const revising = await handIn(stage, 1, drafter, SEAL_RULES, office)
  await review(stage, as, 1, revising, false)

  const request = { signer: (await as('luzhengyang')).personId, recipients: [await unit('区政府办公室')], contactName: '蒋和坪', contactPhone: '021-22050000' }
  const command = await as('jiangheping')
  const drill = await handIn(stage, 2, command, DRILL_REQUEST, request)
  const emergency = await stage.organisation('区应急局')
  await approve(stage, 2, 10, await headOf(await stage.at(2, 10), stage, command), drill, '方案可行，请办公室核稿。')
  await approve(stage, 2, 11, await stage.holder('doc-secretary', emergency), drill, '已核。')
  await approve(stage, 1, 9, await as('songyiran'), drill, '请陆局长审签。')
}
