import { contract } from '#kit/context.ts'

/** What the name system says; each answer is a record in the form people write it. Nothing found is an empty list. */
export interface MailDnsService {
  resolve(type: 'MX' | 'TXT' | 'SRV' | 'CNAME', name: string): Promise<readonly string[]>
}

export const MailDns = contract<MailDnsService>('mail-dns')
