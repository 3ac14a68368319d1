import type { MailMessageWire } from '../api.ts'

type Signature = NonNullable<MailMessageWire['signature']>
export type Told = { readonly tone: 'good' | 'plain' | 'doubt' | 'bad'; readonly title: string; readonly text: string }

const FAILED: Partial<Record<NonNullable<Signature['reason']>, string>> = {
  size: '签名过大，没有核验', certificates: '签名中的证书过多，没有核验', time: '核验用时过长，没有完成', 'certificate-missing': '签名中没有签名人的证书，不能核验',
}

const notUnderstood = (reason: Signature['reason']): Told =>
  reason === 'national'
    ? { tone: 'plain', title: '使用国密算法，暂不能核验', text: '签名是真是假在这里不能判断；需要确认时，请用支持国密证书的邮件程序打开原文。' }
    : { tone: 'plain', title: '签名方式暂不能核验', text: '签名采用了本系统不支持的算法或格式，真假在这里不能判断。' }

const differs = (name: string, { signer, matchesSender }: Signature): string => {
  const addresses = signer?.addresses ?? []
  const whose = addresses.length === 0 ? `${name} 的证书没有写明邮件地址` : `签名属于 ${name}（${addresses.slice(0, 3).join('、')}）`
  return `${whose}，与发件地址不一致${matchesSender ? '，只与代发人（Sender）一致' : ''}。请向发件人本人核实。`
}

/** The result of a signature as people read it, and what to do. */
export function signatureText(signature: Signature): Told {
  const name = signature.signer?.name || '签名人'
  const issuer = signature.signer?.issuer ?? ''
  const day = (moment: string | undefined): string => (moment ?? '').slice(0, 10)
  const texts: Readonly<Record<Exclude<Signature['result'], 'not-understood'>, Told>> = {
    good: { tone: 'good', title: `${name} 的数字签名有效`, text: `内容自签名后没有改动；证书由“${issuer}”颁发，没有被撤销。` },
    'revocation-unknown': { tone: 'good', title: `${name} 的数字签名有效，撤销状态未知`, text: '内容自签名后没有改动，证书颁发者可信；但没有最近的撤销列表，不能确认证书是否已被撤销。' },
    partial: { tone: 'doubt', title: '只有一部分内容带有签名', text: `${name} 的签名有效，但邮件中还有签名之外的内容，请不要把整封邮件都当作 ${name} 所写。` },
    'address-differs': { tone: 'bad', title: '签名人与发件人不一致', text: differs(name, signature) },
    expired: { tone: 'doubt', title: '签名证书已过期', text: `${name} 的证书有效期到 ${day(signature.signer?.to)}，收到邮件时证书或其颁发者的证书已过期。请向本人核实。` },
    'not-yet-valid': { tone: 'doubt', title: '签名证书尚未生效', text: `${name} 的证书从 ${day(signature.signer?.from)} 起有效，收到邮件时还没有生效。请向本人核实。` },
    unfit: { tone: 'doubt', title: '证书不是用于邮件签名的', text: `${name} 的证书没有注明可用于邮件签名，请向本人核实。` },
    'unknown-issuer': { tone: 'doubt', title: '证书颁发者不在信任列表中', text: `签名人自称 ${name}，证书由“${issuer}”颁发，身份不能确认。工作中常有往来的，请联系系统管理员添加颁发者。` },
    'self-signed': { tone: 'doubt', title: '签名证书是自签名的', text: `签名人自称 ${name}。这样的证书任何人都能自己制作，不能证明身份。` },
    weak: { tone: 'doubt', title: '签名的算法已不安全', text: '签名使用了容易伪造的算法或过短的密钥，不能作为凭据。' },
    revoked: { tone: 'bad', title: '签名证书已被撤销', text: `${name} 的证书已被颁发者作废，可能遗失或被盗用。请不要据此办理，用电话等方式向本人核实。` },
    tampered: { tone: 'bad', title: '邮件内容与签名不符', text: '签名之后内容被改动过，或签名是伪造的。请不要据此办理，用电话等方式向发件人核实。' },
    malformed: { tone: 'doubt', title: '签名已损坏，不能核验', text: '签名部分不完整或格式不对，不能证明邮件是谁写的。' },
    failed: { tone: 'plain', title: FAILED[signature.reason ?? 'internal'] ?? '核验时出错，没有结果', text: '签名是真是假在这里没有判断，请按没有签名的邮件对待。' },
    encrypted: { tone: 'plain', title: '加密邮件，请用装有证书的邮件程序打开', text: '内容只有收件人的证书才能解开，本系统看不到；邮件程序的设置见“邮箱客户端”。' },
    unchecked: { tone: 'plain', title: '带有数字签名，收到时没有核验', text: '可以现在核验。' },
  }
  return signature.result === 'not-understood' ? notUnderstood(signature.reason) : texts[signature.result]
}
