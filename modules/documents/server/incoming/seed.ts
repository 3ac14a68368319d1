import type { Actor } from '#kit/context.ts'
import { deliverNext } from '#platform/events/server/deliver.ts'
import { Org } from '#platform/org/contract.ts'
import type { Unit } from '#platform/org/contract.ts'
import type { Runtime } from '#platform/registry/server/runtime.ts'
import { issueLetter, issueNotice, issueRequest } from '../outgoing/seed-issued.ts'
import { doStep, registerPaper, stageOf } from './seed-stage.ts'
import type { Stage } from './seed-stage.ts'

/** Departments of an organisation by name. */
async function department(runtime: Runtime, organisation: Unit, name: string): Promise<string> {
  const units = await runtime.query(null, (ctx) => ctx.use(Org).children(organisation.id))
  return units.find((unit) => unit.name === name)?.id ?? organisation.id
}

const peopleOf = (...actors: readonly Actor[]): string[] => actors.map(({ personId }) => personId)

/** Reading copies leave by the outbox. */
async function sendCopies(runtime: Runtime): Promise<void> {
  while (await deliverNext(runtime));
}

/** 签收, 登记 and 拟办 by those whose work it is; without a proposal it stops before 拟办. */
async function receive(stage: Stage, organisation: Unit, id: string, daysAgo: number, register: object, propose: Readonly<Record<string, unknown>> | null): Promise<void> {
  await doStep(await stage.at(daysAgo, 10), await stage.holder('mail-clerk', organisation), id, { outcome: 'sign' })
  await doStep(await stage.at(daysAgo, 11), await stage.holder('doc-registrar', organisation), id, { values: { ...register } })
  if (propose !== null) await doStep(await stage.at(daysAgo, 14), await stage.holder('doc-secretary', organisation), id, { values: propose })
}

/** The district office's notice: in one bureau it is being handled, in one it waits for its leaders, one returned it, others have not signed. */
async function notice(stage: Stage, as: (login: string) => Promise<Actor>): Promise<void> {
  const received = await issueNotice(stage, as, 3, ['区应急局', '区建设管理委', '区市场监管局', '新泾镇', '虹桥街道'])
  const emergency = await stage.organisation('区应急局')
  const runtime = await stage.at(2, 9)
  const [lead, assist] = [await department(runtime, emergency, '应急指挥科'), await department(runtime, emergency, '危险化学品监管科')]
  const id = received.get('区应急局') ?? ''
  await receive(stage, emergency, id, 3, { kind: 'handle', category: 'superior' }, {
    proposal: '该通知明确我局牵头危险化学品检查。建议由应急指挥科主办、危化科协办，请陆局长、许局长阅示。', leaders: peopleOf(await as('luzhengyang'), await as('xujingxing')),
    lead, assist: [assist], readers: peopleOf(await as('songyiran'), await as('panyueming')),
  })
  await doStep(await stage.at(2, 9), await as('luzhengyang'), id, { outcome: 'instruct', opinion: '请景行同志牵头，对照清单逐项落实，首轮排查务必按期完成。' })
  await doStep(await stage.at(2, 15), await as('xujingxing'), id, { outcome: 'instruct', opinion: '请应急指挥科制定本局方案，本周五前报我。' })
  await sendCopies(await stage.at(2, 16))
  const construction = await stage.organisation('区建设管理委')
  await receive(stage, construction, received.get('区建设管理委') ?? '', 2, { kind: 'handle', category: 'superior' }, {
    proposal: '请高主任阅示，建议由建筑业管理科主办。', leaders: peopleOf(await as('gaozhiyuan')), lead: await department(runtime, construction, '建筑业管理科'),
  })
  const town = await stage.organisation('新泾镇')
  await doStep(await stage.at(1, 10), await stage.holder('mail-clerk', town), received.get('新泾镇') ?? '', { outcome: 'reject', opinion: '附件清单第三页不清晰，请补正后重新发送。' })
}

/** A letter for comments: signed in one bureau, registered in the next, silent in a third. */
async function letter(stage: Stage, as: (login: string) => Promise<Actor>): Promise<void> {
  const received = await issueLetter(stage, as, 2, ['区应急局', '区市场监管局', '虹桥街道'])
  const [emergency, market] = [await stage.organisation('区应急局'), await stage.organisation('区市场监管局')]
  await doStep(await stage.at(1, 9), await stage.holder('mail-clerk', emergency), received.get('区应急局') ?? '', { outcome: 'sign' })
  await receive(stage, market, received.get('区市场监管局') ?? '', 1, { kind: 'handle', category: 'letter' }, null)
}

/** A bureau's request to the district, waiting for the head of the district. */
async function request(stage: Stage, as: (login: string) => Promise<Actor>): Promise<void> {
  const office = await stage.organisation('区政府办公室')
  const received = await issueRequest(stage, as, 4, ['区政府办公室'])
  const id = received.get('区政府办公室') ?? ''
  await receive(stage, office, id, 4, { kind: 'handle', category: 'subordinate' }, {
    proposal: '经商区财政局，所需经费可在预备费中安排。拟请苏区长阅示，请陈区长审定。', leaders: peopleOf(await as('sutingyun'), await as('chenliqun')),
    lead: await department(await stage.at(4, 14), office, '秘书一科'),
  })
  await doStep(await stage.at(3, 10), await as('sutingyun'), id, { outcome: 'instruct', opinion: '原则同意，请立群同志审定。' })
}

/** On paper from the city: one read and done, one going round. */
async function paper(stage: Stage, as: (login: string) => Promise<Actor>): Promise<void> {
  const office = await stage.organisation('区政府办公室')
  const [clerk, registrar, secretary] = [await stage.holder('mail-clerk', office), await stage.holder('doc-registrar', office), await stage.holder('doc-secretary', office)]
  const fromCity = { sender: '上海市人民政府办公厅', docType: 'notice', category: 'superior', urgency: 'normal', kind: 'read', copies: 2 }
  const documents = [
    { senderNumber: '沪府办〔2026〕61号', subject: '上海市人民政府办公厅关于做好2027年元旦春节期间有关工作的通知', issuedOn: '2026-11-12', done: false },
    { senderNumber: '沪府办〔2026〕55号', subject: '上海市人民政府办公厅关于转发市数据局《政务数据共享管理工作要点》的通知', issuedOn: '2026-10-30', done: true },
  ]
  for (const [index, { done, ...values }] of documents.entries()) {
    const day = 7 - index
    const id = await registerPaper(await stage.at(day, 9), clerk, { ...fromCity, ...values })
    await doStep(await stage.at(day, 10), registrar, id, { values: { kind: 'read' } })
    await doStep(await stage.at(day, 14), secretary, id, { values: { proposal: '请区领导传阅。', readers: peopleOf(await as('chenliqun'), await as('ouyangshuo'), await as('sutingyun')) } })
    await sendCopies(await stage.at(day - 1, 9))
    if (!done) continue
    await doStep(await stage.at(day - 3, 10), registrar, id, {})
    await doStep(await stage.at(day - 3, 11), registrar, id, { values: { result: '已传阅，存档备查。' } })
  }
}

/** Believable received documents at every stage, for the demonstration district. */
export async function seedIncoming(runtime: Runtime, as: (login: string) => Promise<Actor>): Promise<void> {
  const stage = stageOf(runtime)
  await paper(stage, as)
  await request(stage, as)
  await notice(stage, as)
  await letter(stage, as)
}
