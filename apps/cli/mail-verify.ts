import { collectMail } from '#mail/transport/server/garbage.ts'
import { mailBlobs } from '#mail/store/server/parts.ts'
import { type MailProblem, repairMail, verifyMail } from '#mail/store/server/verify.ts'
import { OperatorError } from '../explain.ts'
import { SOURCE, type Command } from './command.ts'

const KINDS: Readonly<Record<MailProblem['kind'], string>> = { mailbox: '邮件夹计数不符', account: '邮箱用量不符', numbers: '编号可能重复', missing: '邮件内容丢失', changed: '邮件内容被改动' }
const SHOWN = 50

export const mailVerify: Command = {
  name: 'mail verify',
  usage: '',
  title: '核验邮件：计数、编号和每封邮件的内容；有问题时退出码为 1',
  async run({ withRuntime, say }) {
    const { mailboxes, messages, problems } = await withRuntime((runtime) => runtime.query(null, (ctx) => verifyMail(ctx, mailBlobs(runtime), () => undefined)))
    if (problems.length > 0) throw new OperatorError([`邮件有 ${problems.length} 处问题（计数和编号可用 mail repair 修复）：`, ...problems.slice(0, SHOWN).map(({ kind, what }) => `  ${KINDS[kind]}：${what}`)].join('\n'))
    say(`邮件完好：${mailboxes} 个邮件夹，${messages} 封邮件。`)
  },
}

export const mailRepair: Command = {
  name: 'mail repair',
  usage: '',
  title: '修复邮件计数和编号；丢失或改动的内容不能恢复，只能由备份取回',
  async run({ withRuntime, say }) {
    const repaired = await withRuntime((runtime) => runtime.command(null, repairMail, SOURCE))
    say(repaired === 0 ? '没有需要修复的计数。' : `已修复 ${repaired} 处计数或编号；请再运行 mail verify 核验内容。`)
  },
}

export const mailGc: Command = {
  name: 'mail gc',
  usage: '',
  title: '清理不再被任何邮箱、队列引用的邮件内容和过期的投递记录（服务每晚自动进行）',
  async run({ withRuntime, say }) {
    const { messages, blobs, octets, traces } = await withRuntime((runtime) => collectMail(runtime))
    say(`已清理 ${messages} 封无人引用的邮件、${blobs} 个内容文件（${(octets / 1024 / 1024).toFixed(1)} MB）、${traces} 条过期投递记录。`)
  },
}
