import type { DnsRecordWire } from '../admin-api.ts'
import type { StsPolicy } from './sts-policy.ts'

/** Ports under which clients find the servers; 0 is off. */
export type ClientPorts = { readonly imap: number; readonly imaps: number; readonly pop3s: number; readonly submission: number; readonly smtps: number }

/** A key that signs mail of the domain, as its record stands in the DNS. */
export type PublishedKey = { readonly name: string; readonly record: string }

/** The records a domain needs so that mail finds its way and programs find the servers (RFC 5321 5, RFC 7208, RFC 7489, RFC 6376, RFC 8460, RFC 8461, RFC 6186, RFC 8314). */
export function recordsOf(domain: string, host: string, { imap, imaps, pop3s, submission, smtps }: ClientPorts, keys: readonly PublishedKey[], sts: StsPolicy | null = null): readonly DnsRecordWire[] {
  const service = (name: string, port: number, purpose: string): readonly DnsRecordWire[] => (port === 0 ? [] : [{ type: 'SRV', name: `${name}._tcp.${domain}`, value: `0 1 ${port} ${host}`, purpose }])
  return [
    { type: 'MX', name: domain, value: `10 ${host}`, purpose: '外来邮件投递到本服务器' },
    { type: 'TXT', name: domain, value: 'v=spf1 mx -all', purpose: 'SPF：只有本服务器可以用该域名发信' },
    { type: 'TXT', name: `_dmarc.${domain}`, value: `v=DMARC1; p=quarantine; rua=mailto:postmaster@${domain}`, purpose: 'DMARC：冒名邮件如何处理' },
    ...keys.map(({ name, record }): DnsRecordWire => ({ type: 'TXT', name, value: record, purpose: 'DKIM：核对本域名邮件的签名' })),
    { type: 'TXT', name: `_smtp._tls.${domain}`, value: `v=TLSRPTv1; rua=mailto:postmaster@${domain}`, purpose: 'TLS-RPT：对方加密投递失败时报告' },
    ...(sts === null ? [] : [{ type: 'TXT', name: `_mta-sts.${domain}`, value: `v=STSv1; id=${sts.id}`, purpose: 'MTA-STS：对方应以加密方式投递' }, { type: 'CNAME', name: `mta-sts.${domain}`, value: host, purpose: 'MTA-STS：策略文件所在，证书须包括这个名称' }] as const),
    ...service('_imaps', imaps, '客户端自动找到收信服务器'), ...service('_imap', imap, '客户端自动找到收信服务器（STARTTLS）'), ...service('_pop3s', pop3s, '客户端自动找到 POP3 服务器'), ...service('_submission', submission, '客户端自动找到发信服务器'), ...service('_submissions', smtps, '客户端自动找到加密发信服务器'),
    { type: 'SRV', name: `_autodiscover._tcp.${domain}`, value: `0 1 443 ${host}`, purpose: 'Outlook 自动配置（不用 autodiscover 域名时）' },
    { type: 'CNAME', name: `autoconfig.${domain}`, value: host, purpose: 'Thunderbird 自动配置' },
    { type: 'CNAME', name: `autodiscover.${domain}`, value: host, purpose: 'Outlook 自动配置' },
  ]
}

const folded = (text: string): string => text.trim().toLowerCase().replaceAll(/\s+/g, ' ').replace(/\.$/, '')

/** Compares a record with what is found: of texts only those of the same kind (`v=spf1`) count. */
export function stateOf({ type, value }: Pick<DnsRecordWire, 'type' | 'value'>, found: readonly string[]): 'ok' | 'missing' | 'different' {
  const kind = folded(value).split(/[ ;]/)[0] ?? ''
  const alike = type === 'TXT' ? found.filter((one) => folded(one).startsWith(kind)) : found
  if (alike.length === 0) return 'missing'
  return alike.some((one) => folded(one) === folded(value)) ? 'ok' : 'different'
}
