import type { Actor } from '#kit/context.ts'
import type { Block } from '#modules/documents/body.ts'
import type { Draft } from '#modules/documents/checks/draft.ts'
import { heading, paragraph, table } from '#modules/documents/data/samples/build.ts'
import { DEMO_LETTER } from '#modules/documents/data/samples/letter.ts'
import { DEMO_NOTICE } from '#modules/documents/data/samples/notice.ts'
import { DEMO_REQUEST } from '#modules/documents/data/samples/request.ts'
import { parseDocumentNumber } from '#modules/documents/checks/number.ts'
import { doStep, fail } from '../incoming/seed-stage.ts'
import type { Stage } from '../incoming/seed-stage.ts'
import { deliveriesOf } from '../deliveries/table.ts'
import { tableFile, wordFile } from './seed-files.ts'
import { ENTITY, approve, handIn, reserveBefore, reviewAll, send } from './seed-steps.ts'
import type { Edit, People } from './seed-steps.ts'

/** Received documents by the short names of the organisations they went to. */
type Received = ReadonlyMap<string, string>

interface Issue {
  readonly from: string
  readonly drafter: Actor
  readonly signer: Actor
  readonly draft: Draft
  readonly values: Readonly<Record<string, unknown>>
  readonly attachments: readonly string[]
  readonly opinion: string
  readonly edits: readonly Edit[]
  readonly archived?: boolean
  /** Those who have to agree, with what they say. */
  readonly cosigned?: readonly (readonly [actor: Actor, opinion: string])[]
}

/** Takes a document all its way, so that it was sent out so many working days ago at nine. */
async function issue(stage: Stage, sent: number, to: readonly string[], { from, drafter, signer, draft, values, attachments, opinion, edits, cosigned = [], archived = false }: Issue): Promise<Received> {
  const organisation = await stage.organisation(from)
  const recipients = await Promise.all(to.map((name) => stage.organisation(name)))
  const common = { subject: draft.title, docType: draft.docType, direction: draft.direction, body: { blocks: draft.body }, signer: signer.personId, recipients: recipients.map(({ id }) => id), attachments }
  const id = await handIn(stage, sent + 2, drafter, { ...common, ...values })
  await reviewAll(stage, organisation, drafter, sent + 2, id, ...edits)
  for (const [actor, said] of cosigned) await approve(stage, sent + 2, 15, actor, id, said)
  await approve(stage, sent + 1, 15, signer, id, opinion)
  const registrar = await stage.holder('doc-registrar', organisation)
  await reserveBefore(await stage.at(sent + 1, 16), registrar, id, parseDocumentNumber(draft.number ?? '')?.n ?? 1)
  await send(stage, registrar, sent, 9, id, 60)
  if (archived) await doStep(await stage.at(sent - 1, 16), registrar, id, { entity: ENTITY, values: { retention: 'thirty' } })
  const rows = await (await stage.at(sent, 10)).query(null, (ctx) => deliveriesOf(ctx, id))
  return new Map(recipients.map((unit) => [unit.shortName, rows.find((row) => row.organisation_id === unit.id)?.incoming_id ?? fail(unit.shortName)]))
}

const namesOf = (list: Draft['addressees']): string => list.map(({ name }) => name).join('，')
const textOf = ({ attachments }: Draft): Block[] => attachments[0]?.body ?? []

/** 长府办〔2026〕58号, three pages with a table of checks, agreed with two bureaus, its words sharpened by 文秘. */
export async function issueNotice(stage: Stage, as: People, sent: number, to: readonly string[]): Promise<Received> {
  const drafter = await as('linxiaowen')
  const agreed = await Promise.all(['区建设管理委', '区市场监管局'].map((name) => stage.organisation(name)))
  const list = await wordFile(await stage.at(sent + 2, 9), drafter, '重点检查事项清单', textOf(DEMO_NOTICE))
  return issue(stage, sent, to, {
    from: '区政府办公室', drafter, signer: await as('zhoumuyuan'), draft: DEMO_NOTICE, attachments: [list], opinion: '同意，请印发。',
    values: {
      format: 'document', urgency: 'urgent', disclosure: 'active', addressees: namesOf(DEMO_NOTICE.addressees), copies: namesOf(DEMO_NOTICE.copyTo), note: '此件公开发布', cosigners: agreed.map(({ id }) => id),
    },
    edits: [['坚决防范和遏制重特大事故发生', '坚决防范和遏制各类生产安全事故发生'], ['要亲自部署、带队检查', '要亲自部署、亲自督促、带队检查']],
    cosigned: [[await as('gaozhiyuan'), '同意。建筑施工和燃气部分由我委牵头。'], [await as('fanqiuyu'), '无意见。']],
  })
}

const GUIDE: readonly Block[] = [
  heading(1, '适用范围'), paragraph('本指引适用于本区既有多层住宅加装电梯项目中供水、排水、供电、燃气、通信等管线的迁移。'),
  heading(1, '职责分工'), paragraph('街道、镇负责统筹协调；建设单位负责组织实施；管线权属单位负责踏勘、出具方案和施工。'),
  heading(1, '办理时限'), paragraph('管线权属单位应当自收到申请之日起5个工作日内完成踏勘，10个工作日内出具迁移方案。'),
]
const REPLY: readonly Block[] = [table([['条款', '修改建议', '理由'], ['职责分工', '', ''], ['办理时限', '', ''], ['费用分担', '', '']], 1)]

/** A letter for comments with a draft and a form attached. */
export async function issueLetter(stage: Stage, as: People, sent: number, to: readonly string[]): Promise<Received> {
  const drafter = await as('wanglei2')
  const runtime = await stage.at(sent + 2, 9)
  const [guide, form] = DEMO_LETTER.attachments.map(({ title }) => title ?? '')
  return issue(stage, sent, to, {
    from: '区建设管理委', drafter, signer: await as('gaozhiyuan'), draft: DEMO_LETTER, opinion: '同意发函。', edits: [],
    attachments: [await wordFile(runtime, drafter, guide ?? '', GUIDE), await wordFile(runtime, drafter, form ?? '', REPLY)],
    values: { format: 'letter', urgency: 'normal', addressees: '区应急局、区市场监管局，各街道办事处、新泾镇政府' },
  })
}

const COSTS = [
  ['序号', '项目', '测算依据', '金额（万元）'], ['1', '感知设备通信费', '1.2万台，每台每月6元，按3个月计', '21.6'], ['2', '数据治理服务费', '新增专题数据接入和清洗', '38.0'],
  ['3', '网络安全等级保护测评及运行保障费', '三级系统测评1次、驻场保障3个月', '26.8'], ['', '合计', '', '86.4'],
]

/** A bureau's request to the district, its calculation attached as a PDF. */
export async function issueRequest(stage: Stage, as: People, sent: number, to: readonly string[]): Promise<Received> {
  const drafter = await as('jiangheping')
  const costs = await tableFile(await stage.at(sent + 2, 9), drafter, DEMO_REQUEST.attachments[0]?.title ?? '', COSTS)
  return issue(stage, sent, to, {
    from: '区应急局', drafter, signer: await as('luzhengyang'), draft: DEMO_REQUEST, attachments: [costs], archived: true, opinion: '同意上报。', edits: [['按照市级部门新增', '根据市级部门新增的']],
    values: { format: 'document', urgency: 'normal', addressees: '区政府', copies: namesOf(DEMO_REQUEST.copyTo), contactName: '蒋和坪', contactPhone: '021-22050000' },
  })
}
