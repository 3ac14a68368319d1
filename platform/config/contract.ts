/** One environment variable as the documentation shows it. */
export type SettingText = {
  name: string
  /** What holds when it is absent; empty: nothing. */
  initial: string
  /** A valid value, shown in error messages. */
  example: string
  meaning: string
}

/** Every setting of the installation, in the order of the documentation. `server/settings.ts` parses them. */
export const settingTexts = [
  { name: 'PORT', initial: '8080', example: '8080', meaning: '网页与接口的端口' },
  { name: 'DATA_DIR', initial: './data', example: '/srv/chengming', meaning: '数据文件夹：内置数据库、文件、密钥、日志；以 700 权限建立' },
  { name: 'DATABASE_URL', initial: '', example: 'postgres://user:password@db.local:5432/chengming', meaning: '使用已有的 PostgreSQL（15 及以上）代替内置数据库' },
  { name: 'BLOB_URL', initial: '数据文件夹内的 blobs', example: 's3://bucket/prefix', meaning: '文件存放处：file: 文件夹或 s3: 存储桶' },
  { name: 'UPLOAD_LIMIT_MB', initial: '500', example: '200', meaning: '单个上传文件的上限（MB）' },
  { name: 'ROLES', initial: 'all', example: 'web,jobs', meaning: '本进程承担的部分：web、jobs、smtp、imap、pop，或 all；分开运行需要 DATABASE_URL' },
  { name: 'DEMO', initial: '使用内置数据库时为 on', example: 'off', meaning: '演示数据：on 装入示范区，off 从空白开始并要求建立三员账号' },
  { name: 'DEMO_PASSWORD', initial: '随机生成，打印一次并存入数据文件夹', example: 'Changning-2026', meaning: '全部演示账号的密码（至少 8 个字符）' },
  { name: 'PUBLIC_URL', initial: '', example: 'https://oa.example.gov.cn', meaning: '用户访问的地址，用于邮件与通知中的链接' },
  { name: 'TRUST_PROXY', initial: 'off', example: '10.0.0.0/8', meaning: '信任反向代理给出的来源地址：on、off，或以逗号分隔的代理地址' },
  { name: 'TLS_CERT', initial: '邮件使用自签名证书', example: '/etc/ssl/oa.pem', meaning: '证书文件（PEM），与 TLS_KEY 同时给出；网页与接口随之改用 HTTPS' },
  { name: 'TLS_KEY', initial: '', example: '/etc/ssl/oa.key', meaning: '证书私钥文件（PEM）' },
  { name: 'SMTP_PORT', initial: '2525', example: '25', meaning: '收信端口，0 为关闭' },
  { name: 'SUBMISSION_PORT', initial: '5587', example: '587', meaning: '发信提交端口，0 为关闭' },
  { name: 'SMTPS_PORT', initial: '4465', example: '465', meaning: '加密发信提交端口，0 为关闭' },
  { name: 'LMTP_PORT', initial: '0', example: '2424', meaning: 'LMTP 端口（由前置邮件网关在本机或内网投递），0 为关闭' },
  { name: 'IMAP_PORT', initial: '1143', example: '143', meaning: 'IMAP 端口，0 为关闭' },
  { name: 'IMAPS_PORT', initial: '9993', example: '993', meaning: '加密 IMAP 端口，0 为关闭' },
  { name: 'POP3_PORT', initial: '1110', example: '110', meaning: 'POP3 端口，0 为关闭' },
  { name: 'POP3S_PORT', initial: '9995', example: '995', meaning: '加密 POP3 端口，0 为关闭' },
  { name: 'MAIL_PLAIN_LOGIN', initial: 'loopback', example: 'off', meaning: '邮件客户端未加密时能否登录：on、off，或 loopback（只限本机）' },
  { name: 'MAIL_SCRAM', initial: 'off', example: 'on', meaning: '邮件客户端能否用 SCRAM-SHA-256 登录。这种方式只认客户端专用密码，而 mutt、mbsync 等会优先采用，用本人密码就登录不了；全单位都用专用密码时可设为 on' },
  { name: 'MAIL_RELAY', initial: '', example: 'smtp://user:password@relay.local:587', meaning: '外发邮件全部经由此服务器；省略则直接投递到各域名的邮件服务器' },
  { name: 'MAIL_DMARC', initial: 'junk', example: 'policy', meaning: '外来邮件的发件域名未通过验证（DMARC）时：record 只记录，junk 放入垃圾邮件，policy 按发件域名的要求退回或放入垃圾邮件' },
  { name: 'MAIL_CLIENT_RATE', initial: '120', example: '300', meaning: '外部同一地址每分钟最多投递的邮件数，0 为不限' },
  { name: 'MAIL_ACCOUNT_RATE', initial: '1000', example: '3000', meaning: '同一邮箱用邮件客户端每小时最多发给的收件人数，0 为不限' },
  { name: 'MAIL_GREYLIST', initial: '0', example: '5', meaning: '灰名单：外部服务器首次投递时请其过若干分钟再来，0 为关闭' },
  { name: 'MAIL_GATEWAYS', initial: '', example: '203.0.113.8,10.20.0.0/16', meaning: '本单位前置邮件网关的地址或网段，以逗号分隔：来自它们的邮件按网关写明的来源核对，不受速率和灰名单限制，可用 LMTP 投递' },
  { name: 'MAIL_CLAMD', initial: '', example: '127.0.0.1:3310', meaning: '查毒：clamd 的地址（主机:端口，或套接字文件如 /run/clamav/clamd.ctl）；收到和发出的邮件都查，有病毒的不予接收' },
  { name: 'MAIL_RSPAMD', initial: '', example: 'http://127.0.0.1:11333', meaning: '反垃圾：rspamd 的地址；外来邮件按它的判断接收、放入垃圾邮件、请对方稍后再来或拒收' },
  { name: 'MAIL_SCAN_FAIL', initial: 'later', example: 'accept', meaning: '查毒或反垃圾服务不可用时：later 请对方稍后再来，accept 照常接收并记录没有检查' },
  { name: 'MAIL_SCAN_MB', initial: '25', example: '50', meaning: '检查的邮件大小上限（MB），更大的不检查、照常接收并记录；不得超过 clamd 的 StreamMaxLength 和 rspamd 的 max_message' },
  { name: 'MAIL_TRACE_DAYS', initial: '400', example: '1100', meaning: '邮件投递过程（每位收件人的每一步）保留的天数' },
  { name: 'MAIL_UNUSED_DAYS', initial: '7', example: '30', meaning: '不再属于任何邮箱的邮件再保留的天数，其间可供撤回和取证' },
  { name: 'MAIL_TOMBSTONE_DAYS', initial: '90', example: '180', meaning: '邮件删除记录保留的天数，其间邮件客户端可增量同步' },
  { name: 'MAIL_SINGLE_BYTES', initial: '16384', example: '0', meaning: '邮件附件不小于这么多字节时，相同的内容只存一份；0 为每封邮件整封保存' },
  { name: 'WORKFLOW_ATTEMPTS', initial: '10', example: '5', meaning: '流程的定时任务、服务调用和自动启动失败后最多尝试的次数，间隔逐次加倍、最长一天；之后由管理员处理' },
  { name: 'WORKFLOW_HISTORY_DAYS', initial: '7', example: '30', meaning: '办结的事项在办理表中再保留的天数，之后归入历史；查看、唤醒不受影响' },
  { name: 'LOG_LEVEL', initial: 'info', example: 'debug', meaning: '日志级别：trace、debug、info、warn、error、fatal' },
] as const satisfies readonly SettingText[]

export type SettingName = (typeof settingTexts)[number]['name']

export const roles = ['web', 'jobs', 'smtp', 'imap', 'pop'] as const
export type Role = (typeof roles)[number]

export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const
export type LogLevel = (typeof logLevels)[number]

/** What is done with mail from outside whose author is not proven. */
export const dmarcWays = ['record', 'junk', 'policy'] as const
export type DmarcWay = (typeof dmarcWays)[number]

/** Addresses that begin with the same `prefix` bits as this one. */
export type Network = { readonly address: string; readonly prefix: number }

/** How mail from outside is let in: limits of 0 are none, `greylist` in minutes; `gateways` are our own servers in front. */
export type Intake = { readonly dmarc: DmarcWay; readonly clientRate: number; readonly accountRate: number; readonly greylist: number; readonly gateways: readonly Network[] }

/** What is done with mail while a scanner gives no answer. */
export const scanFailures = ['accept', 'later'] as const
export type ScanFailure = (typeof scanFailures)[number]

/** Where clamd listens: a port, or a socket in the file system. */
export type ClamdAddress = { readonly path: string } | { readonly host: string; readonly port: number }

/** Scanners of contents: null is none; larger messages than `most` octets are not shown to them. */
export type Scanning = { readonly clamd: ClamdAddress | null; readonly rspamd: string | null; readonly onFailure: ScanFailure; readonly most: number }

/** How long mail is kept that nothing refers to, its tombstones and the steps of its delivery, in days; octets from which on attachments are kept once, 0 never. */
export type Keeping = { readonly unusedDays: number; readonly tombstoneDays: number; readonly traceDays: number; readonly attached: number }

/** How often the flows try what fails, and after how many days cases that are over go into the history. */
export type FlowSettings = { readonly attempts: number; readonly historyDays: number }

/** When mail clients may sign in without TLS. */
export const plainLogins = ['on', 'off', 'loopback'] as const
export type PlainLogin = (typeof plainLogins)[number]

/** What a process listens to for mail: ports, 0 for off, of the roles it has. */
export type Listening = { readonly ports: Settings['mail']; readonly roles: readonly Role[]; readonly tls: Settings['tls']; readonly plainLogin: PlainLogin; readonly scram?: boolean; readonly relay?: Settings['mailRelay']; readonly intake?: Intake; readonly scanning?: Scanning; readonly keeping?: Keeping }

/** The settings of one process, parsed. Ports are 0 when switched off; `dataDir` is absolute. */
export type Settings = {
  port: number
  dataDir: string
  /** undefined: the embedded database */
  databaseUrl: string | undefined
  blobUrl: string
  uploadLimitMb: number
  roles: readonly Role[]
  demo: boolean
  /** undefined: random, see `demoPassword` */
  demoPassword: string | undefined
  publicUrl: string | undefined
  /** as Fastify's `trustProxy` */
  trustProxy: boolean | string[]
  tls: { cert: string; key: string } | undefined
  mail: { smtp: number; submission: number; smtps: number; lmtp: number; imap: number; imaps: number; pop3: number; pop3s: number }
  mailPlainLogin: PlainLogin
  mailScram: boolean
  /** All outbound mail goes through this server; undefined: to the exchanges of each domain. */
  mailRelay: { host: string; port: number; auth: { user: string; password: string } | null } | undefined
  mailIntake: Intake
  mailScanning: Scanning
  mailKeeping: Keeping
  workflow: FlowSettings
  logLevel: LogLevel
}
