const BLOCK = /-----BEGIN (CERTIFICATE|X509 CRL)-----([\sA-Za-z0-9+/=]+)-----END \1-----/g
const MOST_BLOCKS = 20

/** Structures in a text an administrator brings: PEM blocks of one kind, else one structure in base64. */
export function dersIn(text: string, kind: 'CERTIFICATE' | 'X509 CRL'): readonly Buffer[] {
  const blocks = [...text.matchAll(BLOCK)]
  if (blocks.length > 0) return blocks.filter(([, label]) => label === kind).slice(0, MOST_BLOCKS).map(([, , body = '']) => Buffer.from(body, 'base64'))
  return text.includes('-----BEGIN') || !/^[\sA-Za-z0-9+/=]+$/.test(text) ? [] : [Buffer.from(text, 'base64')]
}
