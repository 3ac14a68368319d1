import type { Actor } from '#kit/context.ts'
import { createRecord } from '#platform/records/server/create.ts'
import type { Runtime } from '#platform/registry/server/runtime.ts'
import { doStep, stageOf } from '../incoming/seed-stage.ts'
import type { Stage } from '../incoming/seed-stage.ts'
import { wordFile } from './seed-files.ts'
import { ENTITY, approve, editedBody, handIn, headOf, reviewAll, send, sendBack } from './seed-steps.ts'
import type { People } from './seed-steps.ts'
import {
  CHECKLIST, COLD_WAVE, DATA_QUALITY, DECISIONS, DRILL_REQUEST, FOOD_CHECK, LIFT_PATROL, MARKET_REPAIR, MEETING_RULES, PARKING_LETTER, SAFETY_REPORT, SEAL_RULES, SUBSIDIES, WINTER_SITES,
} from './seed-texts.ts'
import type { SeedText } from './seed-texts.ts'

type Values = Readonly<Record<string, unknown>>

/** Not yet handed in: only the drafter sees it. */
async function keepDraft(stage: Stage, daysAgo: number, drafter: Actor, text: SeedText, more: Values): Promise<void> {
  await (await stage.at(daysAgo, 15)).command(drafter, (ctx) => createRecord(ctx, ENTITY, { secrecy: 'none', disclosure: 'on-request', ...text, ...more }))
}

/** A document of an organisation as far as the head of its office; its leader signs next when `passed`. */
async function revised(stage: Stage, from: string, drafter: Actor, text: SeedText, more: Values, passed: boolean): Promise<void> {
  const organisation = await stage.organisation(from)
  const id = await handIn(stage, 2, drafter, { ...text, ...more })
  const runtime = await stage.at(2, 10)
  await approve(stage, 2, 10, await headOf(runtime, stage, drafter), id, '同意，请办公室核稿。')
  await approve(stage, 1, 9, await stage.holder('doc-secretary', organisation), id, '格式已核。', await editedBody(runtime, id, ['现就有关事项通知如下', '现将有关事项通知如下']))
  if (passed) await approve(stage, 1, 11, await stage.holder('office-head', organisation), id, '已核，请领导审签。')
}

/** One notice of the office, signed, numbered, set with its attachment and sent out. */
async function issued(stage: Stage, as: People, office: Values): Promise<void> {
  const [drafter, organisation] = [await as('linxiaowen'), await stage.organisation('区政府办公室')]
  const list = await wordFile(await stage.at(5, 9), drafter, '数据质量自查要点', CHECKLIST)
  const id = await handIn(stage, 5, drafter, { ...DATA_QUALITY, ...office, disclosure: 'active', note: '此件公开发布', attachments: [list] })
  await reviewAll(stage, organisation, drafter, 5, id, ['一名联络员', '一名业务联络员'], ['按时报送自查情况', '于12月15日前报送自查情况'])
  await approve(stage, 5, 15, await as('zhoumuyuan'), id, '同意，请印发。')
  await send(stage, await as('hanxuemei'), 2, 10, id, 60)
}

/** Sent back once by the signer, then signed: both rounds are on its 处理单. */
async function signedAgain(stage: Stage, as: People, office: Values): Promise<void> {
  const [drafter, organisation, signer] = [await as('linxiaowen'), await stage.organisation('区政府办公室'), await as('zhoumuyuan')]
  const id = await handIn(stage, 4, drafter, { ...MEETING_RULES, ...office })
  await reviewAll(stage, organisation, drafter, 4, id)
  await sendBack(stage, 3, 9, signer, id, 'revise', '会议时限要求再严一些，请修改后报我。')
  const runtime = await stage.at(3, 10)
  await approve(stage, 3, 10, await as('guyuncheng'), id, '已按领导意见修改。', await editedBody(runtime, id, ['一般不超过90分钟', '一般不超过60分钟']))
  await approve(stage, 3, 14, await as('hexiangdong'), id, '已核。')
  await approve(stage, 2, 16, signer, id, '同意，请按程序印发。')
}

/** What the office has under way: a draft, one sent back to its drafter, one being revised, one being agreed, one for signature. */
async function office(stage: Stage, as: People): Promise<void> {
  const unit = async (name: string): Promise<string> => (await stage.organisation(name)).id
  const [drafter, organisation] = [await as('linxiaowen'), await stage.organisation('区政府办公室')]
  const own = { signer: (await as('zhoumuyuan')).personId, recipients: [await unit('区应急局'), await unit('区市场监管局'), await unit('虹桥街道')] }
  await issued(stage, as, own)
  await signedAgain(stage, as, own)

  const cosigning = await handIn(stage, 2, drafter, { ...LIFT_PATROL, ...own, cosigners: [await unit('区建设管理委'), await unit('区市场监管局')] })
  await reviewAll(stage, organisation, drafter, 2, cosigning, ['每季度首月开展一次', '每季度第一个月开展一次'])

  const signing = await handIn(stage, 1, drafter, { ...COLD_WAVE, ...own, disclosure: 'active', note: '此件公开发布' })
  await reviewAll(stage, organisation, drafter, 1, signing, ['走访独居老人', '上门走访独居老人'], ['突发情况请立即报告', '突发情况请第一时间报告'])

  const head = await headOf(await stage.at(1, 10), stage, drafter)
  const revising = await handIn(stage, 1, drafter, { ...SEAL_RULES, ...own })
  await approve(stage, 1, 10, head, revising, '已审，请办公室核稿。')

  const returned = await handIn(stage, 2, drafter, { ...SUBSIDIES, ...own })
  await approve(stage, 2, 11, head, returned, '已审。')
  await sendBack(stage, 1, 15, await as('guyuncheng'), returned, 'draft', '调整标准的依据不足，请补充测算情况，并商区财政局会签。')

  await keepDraft(stage, 1, drafter, DECISIONS, own)
}

/** What other organisations have under way. */
async function others(stage: Stage, as: People): Promise<void> {
  const unit = async (name: string): Promise<string> => (await stage.organisation(name)).id
  const [command, district] = [await as('jiangheping'), [await unit('区政府办公室')]]
  const signedBy = async (login: string): Promise<string> => (await as(login)).personId
  const contact = { contactName: command.name, contactPhone: '021-22050000' }
  const drill = await handIn(stage, 2, command, { ...DRILL_REQUEST, signer: await signedBy('luzhengyang'), recipients: district, ...contact })
  await approve(stage, 2, 10, await headOf(await stage.at(2, 10), stage, command), drill, '方案可行，请办公室核稿。')
  await approve(stage, 2, 11, await stage.holder('doc-secretary', await stage.organisation('区应急局')), drill, '已核。')
  await approve(stage, 1, 9, await as('songyiran'), drill, '请陆局长审签。')
  await keepDraft(stage, 1, command, SAFETY_REPORT, { signer: await signedBy('luzhengyang'), recipients: district, ...contact })

  await keepDraft(stage, 1, await as('wanglei3'), WINTER_SITES, { signer: await signedBy('gaozhiyuan') })
  await revised(stage, '区市场监管局', await as('yeqingqing'), FOOD_CHECK, { signer: await signedBy('fanqiuyu') }, false)
  const clerk = await as('shisongbai')
  await revised(stage, '新泾镇', clerk, MARKET_REPAIR, { signer: await signedBy('qianboyan'), recipients: district, contactName: clerk.name, contactPhone: '021-22050000' }, true)
  await revised(stage, '虹桥街道', await as('tianji'), PARKING_LETTER, { signer: await signedBy('caowenxi'), recipients: [await unit('区机关事务管理局')] }, false)
}

/** A last letter of the bureau: set, waiting to be sent. */
async function proofing(stage: Stage, as: People): Promise<void> {
  const [drafter, organisation] = [await as('wanglei2'), await stage.organisation('区建设管理委')]
  const id = await handIn(stage, 2, drafter, { ...WINTER_SITES, subject: WINTER_SITES.subject.replace('防火', '防冻防滑'), signer: (await as('gaozhiyuan')).personId, recipients: [(await stage.organisation('区应急局')).id] })
  await reviewAll(stage, organisation, drafter, 2, id)
  await approve(stage, 1, 10, await as('gaozhiyuan'), id, '同意。')
  await doStep(await stage.at(1, 14), await stage.holder('doc-registrar', organisation), id, { entity: ENTITY, values: { printCopies: 30 } })
}

/** Believable documents at every step from the draft to the distribution, for the demonstration district; after `seedIncoming`, whose numbers go before. */
export async function seedOutgoing(runtime: Runtime, as: People): Promise<void> {
  const stage = stageOf(runtime)
  await office(stage, as)
  await others(stage, as)
  await proofing(stage, as)
}
