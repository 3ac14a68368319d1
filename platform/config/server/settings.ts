import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseEnv } from 'node:util'
import { z } from 'zod'
import { type ClamdAddress, dmarcWays, logLevels, plainLogins, roles, scanFailures, type SettingName, type Settings, settingTexts } from '#platform/config/contract.ts'
import { readNetwork } from './networks.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** Wrong settings; `message` names every wrong variable with an example, in Chinese. */
export class SettingsError extends Error {
  readonly variables: readonly string[]

  constructor(problems: readonly { name: string; text: string }[]) {
    const lines = problems.map(({ name, text }) => {
      const example = settingTexts.find((setting) => setting.name === name)?.example ?? ''
      return `  ${name}：${text}，例如 ${name}=${example}`
    })
    super(`环境变量设置有误：\n${lines.join('\n')}`)
    this.name = 'SettingsError'
    this.variables = problems.map(({ name }) => name)
  }
}

const port = (initial: number) =>
  z.string().default(String(initial)).transform(Number).pipe(z.int('须为 0 到 65535 的整数').min(0, '须为 0 到 65535 的整数').max(65_535, '须为 0 到 65535 的整数'))

const count = (initial: number, most: number, least = 0) => {
  const text = `须为 ${least} 到 ${most} 的整数`
  return z.string().default(String(initial)).transform(Number).pipe(z.int(text).min(least, text).max(most, text))
}

const url = (pattern: RegExp, text: string) => z.string().refine((value) => pattern.test(value) && URL.canParse(value), text)

const onOff = z.enum(['on', 'off'], '须为 on 或 off').transform((value) => value === 'on')

const list = (value: string): string[] => value.split(',').map((part) => part.trim()).filter((part) => part !== '')

const networks = z.string().default('').transform(list).pipe(z.array(z.string().transform((text, ctx) => {
  const network = readNetwork(text)
  if (network === null) ctx.addIssue(`“${text}”不是地址或网段（须如 10.0.0.2、10.0.0.0/8 或 fd00::/8）`)
  return network ?? z.NEVER
})))

function clamdOf(value: string): ClamdAddress | null {
  if (value.startsWith('/')) return { path: value }
  const [, bracketed, plain, port] = /^(?:\[([\da-f.:]+)\]|([\w.-]+)):(\d{1,5})$/i.exec(value) ?? []
  const host = bracketed ?? plain
  return host === undefined || Number(port) < 1 || Number(port) > 65_535 ? null : { host, port: Number(port) }
}

const roleList = z.string().default('all').transform((value) => (value === 'all' ? [...roles] : list(value))).pipe(z.array(z.enum(roles, `只能包含 ${roles.join('、')}，或为 all`)).min(1, '至少写一个部分'))

const variables = z.object({
  PORT: port(8080),
  DATA_DIR: z.string().default('./data'),
  DATABASE_URL: url(/^postgres(ql)?:\/\/./, '须为 postgres:// 开头的地址').optional(),
  BLOB_URL: url(/^(file:|s3:\/\/.)/, '须为 file: 或 s3:// 开头的地址').optional(),
  UPLOAD_LIMIT_MB: z.string().default('500').transform(Number).pipe(z.int('须为 1 到 10240 的整数').min(1, '须为 1 到 10240 的整数').max(10_240, '须为 1 到 10240 的整数')),
  ROLES: roleList,
  DEMO: onOff.optional(),
  DEMO_PASSWORD: z.string().min(8, '至少 8 个字符').optional(),
  PUBLIC_URL: url(/^https?:\/\/./, '须为 http:// 或 https:// 开头的地址').optional(),
  TRUST_PROXY: z.string().default('off').transform((value) => (value === 'on' ? true : value === 'off' ? false : list(value))),
  TLS_CERT: z.string().optional(),
  TLS_KEY: z.string().optional(),
  SMTP_PORT: port(2525),
  SUBMISSION_PORT: port(5587),
  SMTPS_PORT: port(4465),
  LMTP_PORT: port(0),
  IMAP_PORT: port(1143),
  IMAPS_PORT: port(9993),
  POP3_PORT: port(1110),
  POP3S_PORT: port(9995),
  MAIL_PLAIN_LOGIN: z.enum(plainLogins, '须为 on、off 或 loopback').default('loopback'),
  MAIL_SCRAM: onOff.default(false),
  MAIL_RELAY: url(/^smtps?:\/\/./, '须为 smtp:// 或 smtps:// 开头的地址').optional(),
  MAIL_DMARC: z.enum(dmarcWays, '须为 record、junk 或 policy').default('junk'),
  MAIL_CLIENT_RATE: count(120, 100_000),
  MAIL_ACCOUNT_RATE: count(1_000, 1_000_000),
  MAIL_GREYLIST: count(0, 1_440),
  MAIL_GATEWAYS: networks,
  MAIL_CLAMD: z.string().refine((value) => clamdOf(value) !== null, '须为 主机:端口，或以 / 开头的套接字文件').optional(),
  MAIL_RSPAMD: url(/^http:\/\/[^/?#@]+\/?$/, '须为 http://主机:端口').optional(),
  MAIL_SCAN_FAIL: z.enum(scanFailures, '须为 accept 或 later').default('later'),
  MAIL_SCAN_MB: count(25, 50, 1),
  MAIL_TRACE_DAYS: count(400, 36_500),
  MAIL_UNUSED_DAYS: count(7, 3_650),
  MAIL_TOMBSTONE_DAYS: count(90, 3_650),
  MAIL_SINGLE_BYTES: count(16_384, 52_428_800),
  WORKFLOW_ATTEMPTS: count(10, 100, 1),
  WORKFLOW_HISTORY_DAYS: count(7, 3_650),
  LOG_LEVEL: z.enum(logLevels, `须为 ${logLevels.join('、')} 之一`).default('info'),
} satisfies Record<SettingName, z.ZodType>)

function tlsFiles(cert: string | undefined, key: string | undefined): Settings['tls'] {
  if (cert !== undefined && key !== undefined) return { cert, key }
  if (cert !== undefined) throw new SettingsError([{ name: 'TLS_KEY', text: '给出 TLS_CERT 时也要给出私钥' }])
  if (key !== undefined) throw new SettingsError([{ name: 'TLS_CERT', text: '给出 TLS_KEY 时也要给出证书' }])
  return undefined
}

const relayOf = ({ hostname, port, protocol, username, password }: URL): NonNullable<Settings['mailRelay']> => ({
  host: hostname,
  port: port === '' ? (protocol === 'smtps:' ? 465 : 25) : Number(port),
  auth: username === '' ? null : { user: decodeURIComponent(username), password: decodeURIComponent(password) },
})

/**
 * Parses the settings; an empty variable counts as absent. `base` is the folder a relative DATA_DIR starts from.
 * @throws SettingsError naming every wrong variable
 */
export function parseSettings(environment: Environment, base: string): Settings {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value.trim() !== ''))
  const parsed = variables.safeParse(given)
  if (!parsed.success) throw new SettingsError(parsed.error.issues.map((issue) => ({ name: String(issue.path[0]), text: issue.message })))
  const value = parsed.data
  const dataDir = resolve(base, value.DATA_DIR)
  return {
    port: value.PORT,
    dataDir,
    databaseUrl: value.DATABASE_URL,
    blobUrl: value.BLOB_URL ?? pathToFileURL(join(dataDir, 'blobs')).href,
    uploadLimitMb: value.UPLOAD_LIMIT_MB,
    roles: value.ROLES,
    demo: value.DEMO ?? value.DATABASE_URL === undefined,
    demoPassword: value.DEMO_PASSWORD,
    publicUrl: value.PUBLIC_URL?.replace(/\/+$/, ''),
    trustProxy: value.TRUST_PROXY,
    tls: tlsFiles(value.TLS_CERT, value.TLS_KEY),
    mail: {
      smtp: value.SMTP_PORT, submission: value.SUBMISSION_PORT, smtps: value.SMTPS_PORT, lmtp: value.LMTP_PORT, imap: value.IMAP_PORT,
      imaps: value.IMAPS_PORT, pop3: value.POP3_PORT, pop3s: value.POP3S_PORT,
    },
    mailPlainLogin: value.MAIL_PLAIN_LOGIN,
    mailScram: value.MAIL_SCRAM,
    mailIntake: { dmarc: value.MAIL_DMARC, clientRate: value.MAIL_CLIENT_RATE, accountRate: value.MAIL_ACCOUNT_RATE, greylist: value.MAIL_GREYLIST, gateways: value.MAIL_GATEWAYS },
    mailScanning: { clamd: value.MAIL_CLAMD === undefined ? null : clamdOf(value.MAIL_CLAMD), rspamd: value.MAIL_RSPAMD ?? null, onFailure: value.MAIL_SCAN_FAIL, most: value.MAIL_SCAN_MB * 1_048_576 },
    mailKeeping: { unusedDays: value.MAIL_UNUSED_DAYS, tombstoneDays: value.MAIL_TOMBSTONE_DAYS, traceDays: value.MAIL_TRACE_DAYS, attached: value.MAIL_SINGLE_BYTES },
    workflow: { attempts: value.WORKFLOW_ATTEMPTS, historyDays: value.WORKFLOW_HISTORY_DAYS },
    mailRelay: value.MAIL_RELAY === undefined ? undefined : relayOf(new URL(value.MAIL_RELAY)),
    logLevel: value.LOG_LEVEL,
  }
}

/** Settings of this process: the environment, completed by `.env` in `base` (usually the root of the installation). */
export function loadSettings(base: string, environment: Environment = process.env): Settings {
  const file = join(base, '.env')
  const stored = existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {}
  return parseSettings({ ...stored, ...environment }, base)
}
