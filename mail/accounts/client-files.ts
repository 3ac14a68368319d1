/** A server as a mail program is told of it. */
export type ClientServer = { readonly purpose: string; readonly protocol: 'IMAP' | 'POP3' | 'SMTP'; readonly host: string; readonly port: number; readonly security: 'SSL/TLS' | 'STARTTLS' }

type Ports = Readonly<Record<'imap' | 'imaps' | 'pop3' | 'pop3s' | 'submission' | 'smtps', number>>

/** Servers that are on, TLS from the first octet before STARTTLS (RFC 8314). */
export function serversOf(host: string, ports: Ports | undefined): readonly ClientServer[] {
  if (ports === undefined) return []
  const rows: readonly (readonly [string, ClientServer['protocol'], number, ClientServer['security']])[] = [
    ['收信（推荐）', 'IMAP', ports.imaps, 'SSL/TLS'], ['收信', 'IMAP', ports.imap, 'STARTTLS'], ['发信（推荐）', 'SMTP', ports.smtps, 'SSL/TLS'], ['发信', 'SMTP', ports.submission, 'STARTTLS'],
    ['收信（只下载到本机）', 'POP3', ports.pop3s, 'SSL/TLS'], ['收信（只下载到本机）', 'POP3', ports.pop3, 'STARTTLS'],
  ]
  return rows.filter(([, , port]) => port !== 0).map(([purpose, protocol, port, security]) => ({ purpose, protocol, host, port, security }))
}

/** Text within XML. */
export const xml = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&apos;').replaceAll(/[\p{Cc}]/gu, '')

/** Thunderbird's configuration file, version 1.1. */
export function thunderbird(domain: string, servers: readonly ClientServer[]): string {
  const kinds = { IMAP: 'imap', POP3: 'pop3', SMTP: 'smtp' } as const
  const one = ({ protocol, host, port, security }: ClientServer): string => {
    const tag = protocol === 'SMTP' ? 'outgoingServer' : 'incomingServer'
    return `    <${tag} type="${kinds[protocol]}"><hostname>${xml(host)}</hostname><port>${port}</port><socketType>${security === 'STARTTLS' ? 'STARTTLS' : 'SSL'}</socketType><authentication>password-cleartext</authentication><username>%EMAILADDRESS%</username></${tag}>`
  }
  return `<?xml version="1.0" encoding="UTF-8"?>\n<clientConfig version="1.1">\n  <emailProvider id="${xml(domain)}">\n    <domain>${xml(domain)}</domain>\n    <displayName>承明政务邮箱</displayName>\n    <displayShortName>承明</displayShortName>\n${servers.map(one).join('\n')}\n  </emailProvider>\n</clientConfig>\n`
}

/** The address within Outlook's question; null when there is none. */
export const askedAddress = (body: string): string | null => /<EMailAddress>\s*([^<>\s]{3,254}@[^<>\s]{1,253})\s*<\/EMailAddress>/i.exec(body)?.[1] ?? null

/** Outlook's answer (MS-OXDSCLI, POX). `Encryption` says which way; programs that know only `SSL` must not take STARTTLS for an open connection. */
export function outlook(address: string, servers: readonly ClientServer[]): string {
  const one = ({ protocol, host, port, security }: ClientServer): string =>
    `      <Protocol><Type>${protocol}</Type><Server>${xml(host)}</Server><Port>${port}</Port><DomainRequired>off</DomainRequired><LoginName>${xml(address)}</LoginName><SPA>off</SPA><SSL>on</SSL><Encryption>${security === 'SSL/TLS' ? 'SSL' : 'TLS'}</Encryption><AuthRequired>on</AuthRequired></Protocol>`
  return `<?xml version="1.0" encoding="utf-8"?>\n<Autodiscover xmlns="http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006">\n  <Response xmlns="http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a">\n    <Account><AccountType>email</AccountType><Action>settings</Action>\n${servers.map(one).join('\n')}\n    </Account>\n  </Response>\n</Autodiscover>\n`
}

type Value = string | number | boolean | readonly Plist[]
type Plist = Readonly<Record<string, Value>>

const plist = (value: Value | Plist): string => {
  if (typeof value === 'string') return `<string>${xml(value)}</string>`
  if (typeof value === 'number') return `<integer>${value}</integer>`
  if (typeof value === 'boolean') return value ? '<true/>' : '<false/>'
  return Array.isArray(value) ? `<array>${value.map(plist).join('')}</array>` : `<dict>${Object.entries(value).map(([key, one]) => `<key>${key}</key>${plist(one)}`).join('')}</dict>`
}

/** A configuration profile for iOS and macOS, without a password; `ids` are two UUIDs that stay the same for an account. */
export function appleProfile(person: { readonly name: string; readonly address: string }, servers: readonly ClientServer[], ids: readonly [string, string]): string {
  const [incoming, outgoing] = [servers.find(({ protocol }) => protocol === 'IMAP'), servers.find(({ protocol }) => protocol === 'SMTP')]
  const { name, address } = person
  const side = (prefix: string, server: ClientServer | undefined): Plist => (server === undefined ? {} : {
    [`${prefix}MailServerHostName`]: server.host, [`${prefix}MailServerPortNumber`]: server.port, [`${prefix}MailServerUseSSL`]: true, [`${prefix}MailServerUsername`]: address, [`${prefix}MailServerAuthentication`]: 'EmailAuthPassword',
  })
  const account: Plist = {
    PayloadType: 'com.apple.mail.managed', PayloadVersion: 1, PayloadIdentifier: `chengming.mail.${ids[0]}`, PayloadUUID: ids[0], PayloadDisplayName: '政务邮箱', EmailAccountType: 'EmailTypeIMAP', EmailAccountName: name, EmailAccountDescription: '政务邮箱', EmailAddress: address,
    ...side('Incoming', incoming), ...side('Outgoing', outgoing), OutgoingPasswordSameAsIncomingPassword: true, PreventMove: false, SMIMEEnabled: false,
  }
  const profile: Plist = { PayloadType: 'Configuration', PayloadVersion: 1, PayloadIdentifier: `chengming.profile.${ids[1]}`, PayloadUUID: ids[1], PayloadDisplayName: '承明政务邮箱', PayloadDescription: '设置收信和发信服务器；密码请使用客户端专用密码。', PayloadRemovalDisallowed: false, PayloadContent: [account] }
  return `<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">\n<plist version="1.0">${plist(profile)}</plist>\n`
}
