import { type Collected, collectable, collectMail } from '#mail/transport/server/garbage.ts'
import { mailBlobs } from '#mail/store/server/parts.ts'
import { type MailProblem, repairMail, verifyMail } from '#mail/store/server/verify.ts'
import { OperatorError } from '../explain.ts'
import { SOURCE, type Command } from './command.ts'

const KINDS: Readonly<Record<MailProblem['kind'], string>> = { mailbox: '邮件夹计数不符', account: '邮箱用量不符', numbers: '编号可能重复', sizes: '邮件大小不符', references: '附件引用缺失', missing: '邮件内容丢失', changed: '邮件内容被改动' }
const SHOWN = 50

export const mailVerify: Command = {
  name: 'mail verify',
  usage: '',
  title: '核验邮件：计数、编号和每封邮件的内容；有问题时退出码为 1',
  async run({ withRuntime, say }) {
    const { mailboxes, messages, problems } = await withRuntime((runtime) => runtime.query(null, (ctx) => verifyMail(ctx, mailBlobs(runtime), () => undefined)))
    if (problems.length > 0) throw new OperatorError([`邮件有 ${problems.length} 处问题（计数、大小、编号和附件引用可用 mail repair 修复）：`, ...problems.slice(0, SHOWN).map(({ kind, what }) => `  ${KINDS[kind]}：${what}`)].join('\n'))
    say(`邮件完好：${mailboxes} 个邮件夹，${messages} 封邮件。`)
  },
}

export const mailRepair: Command = {
  name: 'mail repair',
  usage: '',
  title: '修复邮件计数、大小、编号和附件引用；丢失或改动的内容不能恢复，只能由备份取回',
  async run({ withRuntime, say }) {
    const repaired = await withRuntime((runtime) => runtime.command(null, (ctx) => repairMail(ctx, mailBlobs(runtime)), SOURCE))
    say(repaired === 0 ? '没有需要修复的计数。' : `已修复 ${repaired} 处计数或编号；请再运行 mail verify 核验内容。`)
  },
}

const amount = ({ messages, blobs, octets, tombstones, traces }: Collected): string =>
  `${messages} 封无人引用的邮件、${blobs} 个内容文件（${(octets / 1024 / 1024).toFixed(1)} MB）、${tombstones} 条删除记录、${traces} 次过期的投递记录`

export const mailGc: Command = {
  name: 'mail gc',
  usage: '[--dry-run]',
  title: '清理不再被任何邮箱、队列引用的邮件内容和过期的投递记录（服务每晚自动进行）',
  detail: ['--dry-run：只统计，不清理。'],
  async run({ withRuntime, say }, [how, ...more]) {
    if ((how !== undefined && how !== '--dry-run') || more.length > 0) throw new OperatorError('用法：npm run cli -- mail gc [--dry-run]')
    say(await withRuntime(async (runtime) => (how === undefined ? `已清理 ${amount(await collectMail(runtime))}。` : `可清理 ${amount(await collectable(runtime))}。`)))
  },
}
