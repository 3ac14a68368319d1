import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Archived, Format } from '#mail/archive/format.ts'
import { FORMATS, recognise } from '#mail/archive/formats.ts'
import { type Counted, type ImapSource, readImap } from '#mail/archive/imap-source.ts'
import { compareMailboxes } from '#mail/archive/server/compare.ts'
import { exportAccount } from '#mail/archive/server/export.ts'
import { Importer } from '#mail/archive/server/import.ts'
import { closeMailParts, type MailParts, mailParts } from '#mail/store/server/parts.ts'
import { resolveAddress } from '#mail/store/server/addresses.ts'
import { allAddresses } from '#mail/store/server/accounts.ts'
import { Audit } from '#platform/audit/contract.ts'
import type { Runtime } from '#platform/registry/server/runtime.ts'
import { OperatorError } from '../explain.ts'
import { type Command, SOURCE } from './command.ts'

const ALL = '全部'
const STEP = 1000

const formatOf = (id: string | undefined): Format =>
  FORMATS.find((one) => one.id === id) ?? raise(`没有“${id ?? ''}”这种格式，可用：${FORMATS.map((one) => one.id).join('、')}`)

function raise(text: string): never {
  throw new OperatorError(text)
}

const accountOf = async (runtime: Runtime, address: string): Promise<string> =>
  (await runtime.query(null, (ctx) => resolveAddress(ctx, address)))?.accountId ?? raise(`没有邮箱“${address}”，请核对地址`)

/** Whoever takes a mailbox out of the house or brings one in leaves a trace. */
const told = (runtime: Runtime, act: 'export' | 'import', id: string, address: string, messages: number): Promise<void> =>
  runtime.command(null, (ctx) => ctx.use(Audit).record({ action: `mail.${act}`, object: { type: 'mail_account', id, title: address }, difference: { messages } }), SOURCE)

/** Runs work with what the mail servers share, without any server. */
async function withParts<T>(runtime: Runtime, work: (parts: MailParts) => Promise<T>): Promise<T> {
  try {
    return await work(mailParts(runtime))
  } finally {
    closeMailParts(runtime)
  }
}

export const mailExport: Command = {
  name: 'mail export',
  usage: `<邮箱地址|${ALL}> <maildir|mbox|eml> <文件夹> [邮件夹]`,
  title: '把邮箱中的邮件导出为文件，逐字节与收到时一致；中断后再次运行可继续',
  detail: ['maildir：Dovecot、Courier 等服务器使用的目录；mbox：每个邮件夹一个文件；eml：每封邮件一个文件，双击可打开。', `“${ALL}”把每个邮箱导出到以地址命名的子文件夹。`, '例：mail export zhangsan@cn.gov eml /srv/mail/zhangsan 已发送'],
  async run({ withRuntime, say }, [address, id, target, mailbox]) {
    if (address === undefined || target === undefined) return raise(`用法：mail export ${mailExport.usage}`)
    const format = formatOf(id)
    await withRuntime((runtime) => withParts(runtime, async (parts) => {
      const addresses = address === ALL ? await runtime.query(null, allAddresses) : [address]
      let total = 0
      for (const one of addresses) {
        const accountId = await accountOf(runtime, one)
        const folder = address === ALL ? join(resolve(target), one) : resolve(target)
        const before = total
        await runtime.query(null, (ctx) => exportAccount(parts, ctx, accountId, { format, folder, ...(mailbox === undefined ? {} : { mailbox }) }, (name, messages) => {
          total += messages
          if (address !== ALL) say(`  ${name}：${messages} 封`)
        }))
        await told(runtime, 'export', accountId, one, total - before)
        if (address === ALL) say(`  ${one}：${total - before} 封`)
      }
      say(`已导出 ${addresses.length} 个邮箱，共 ${total} 封邮件：${resolve(target)}`)
    }))
  },
}

async function importAll(importer: Importer, messages: AsyncIterable<Archived>, say: (line: string) => void): Promise<{ added: number; there: number }> {
  let seen = 0
  for await (const message of messages) {
    await importer.take(message)
    seen++
    if (seen % STEP === 0) say(`  已读 ${seen} 封……`)
  }
  return importer.finish()
}

export const mailImport: Command = {
  name: 'mail import',
  usage: `<邮箱地址|${ALL}> <文件夹或文件> [maildir|mbox|eml]`,
  title: '把 Maildir、mbox 或 EML 文件导入邮箱；已有的邮件不会重复，中断后再次运行可继续',
  detail: ['格式通常能自动识别。邮件夹不存在时新建；标记和收到时间保留。', `“${ALL}”把以地址命名的各子文件夹导入各自的邮箱。`, '邮箱容量不足时停止并说明：调整配额后再次运行。'],
  async run({ withRuntime, say }, [address, source, id]) {
    if (address === undefined || source === undefined) return raise(`用法：mail import ${mailImport.usage}`)
    const path = resolve(source)
    if (!existsSync(path)) return raise(`${path} 不存在`)
    await withRuntime((runtime) => withParts(runtime, async (parts) => {
      const addresses = address === ALL ? (await readdir(path)).filter((name) => name.includes('@')).toSorted() : [address]
      let [added, there] = [0, 0]
      for (const one of addresses) {
        const accountId = await accountOf(runtime, one)
        const from = address === ALL ? join(path, one) : path
        const format = id === undefined ? await recognise(from) : formatOf(id)
        if (format === null && address === ALL) {
          say(`  ${one}：没有邮件`)
          continue
        }
        const done = await importAll(new Importer(parts, accountId), (format ?? raise(`${from} 中没有能识别的邮件，请写明格式`)).read(from), say)
        await told(runtime, 'import', accountId, one, done.added)
        added += done.added
        there += done.there
        if (address === ALL) say(`  ${one}：导入 ${done.added} 封，已有 ${done.there} 封`)
      }
      say(`已导入 ${added} 封邮件，${there} 封原已存在。`)
    }))
  },
}

const PASSWORD = 'MAIL_SOURCE_PASSWORD'

function sourceOf(text: string): ImapSource {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null || !/^imaps?:$/.test(url.protocol) || url.username === '') return raise('原服务器请写成 imaps://账号@主机[:端口]（账号中的 @ 写作 %40）')
  const secure = url.protocol === 'imaps:'
  const password = process.env[PASSWORD] ?? raise(`请用环境变量 ${PASSWORD} 给出该账号的密码（不要写在命令中）`)
  return { host: url.hostname, port: Number(url.port || (secure ? 993 : 143)), secure, user: decodeURIComponent(url.username), password, anyCertificate: url.searchParams.get('certificate') === 'any' }
}

const unreachable = (host: string) => (error: unknown): never => raise(`${host} 无法读取：${(error as { responseText?: string }).responseText ?? (error instanceof Error ? error.message : '')}`)

export const mailMigrate: Command = {
  name: 'mail migrate',
  usage: '<邮箱地址> <imaps://账号@主机>',
  title: '经 IMAP 把原邮件服务器上一个账号的全部邮件迁入，最后逐个邮件夹比对；中断后再次运行可继续',
  detail: [`密码由环境变量 ${PASSWORD} 给出。邮件夹、标记和收到时间保留；原服务器上的邮件不变。`, '原服务器证书无法验证时，在地址后加 ?certificate=any（仅限内网）。', `例：${PASSWORD}=… npm run cli -- mail migrate zhangsan@cn.gov imaps://zhangsan@old.cn.gov`],
  async run({ withRuntime, say }, [address, from]) {
    if (address === undefined || from === undefined) return raise(`用法：mail migrate ${mailMigrate.usage}`)
    const source = sourceOf(from)
    await withRuntime((runtime) => withParts(runtime, async (parts) => {
      const accountId = await accountOf(runtime, address)
      const there: Counted[] = []
      const importer = new Importer(parts, accountId)
      const { added, there: known } = await importAll(importer, readImap(source, (one) => void there.push(one)), say).catch(unreachable(source.host))
      await told(runtime, 'import', accountId, address, added)
      const compared = await runtime.query(null, (ctx) => compareMailboxes(ctx, importer, there))
      for (const { names, name, messages, octets, here, hereOctets, missing } of compared) say(`  ${names.join('、')}：原有 ${messages} 封 ${octets} 字节，“${name}”现有 ${here} 封 ${hereOctets} 字节，${missing === 0 ? '内容齐全' : `缺少 ${missing} 封`}`)
      say(`已迁入 ${added} 封邮件，${known} 封原已存在。`)
      if (compared.some(({ missing }) => missing > 0)) raise('有邮件没有迁入，请再次运行本命令。')
    }))
  },
}
