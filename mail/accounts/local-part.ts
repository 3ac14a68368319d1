import { pinyin } from 'pinyin-pro'

const LONGEST = 48

/** A text as the part before the @: small letters, digits, dots, hyphens and underscores; empty when nothing of it can stand there. */
export const localPart = (text: string): string =>
  text.normalize('NFKC').toLowerCase().replaceAll('ü', 'v').replaceAll(/[^a-z0-9._-]/g, '').replaceAll(/[._-]{2,}/g, '.').replaceAll(/^[._-]+|[._-]+$/g, '').slice(0, LONGEST)

const plain = { toneType: 'none', type: 'array', v: true } as const

/** 陈立群 → chenliqun; the surname as surnames are read (单 shan). */
export function spelledName(name: string): string {
  const [surname = ''] = pinyin(name, { ...plain, mode: 'surname' })
  return localPart([surname, ...pinyin(name, plain).slice(1)].join(''))
}

/** 区应急局 → yingjiju: an organisation's address without the 区 that all of them have. */
export const spelledUnit = (shortName: string): string => localPart(pinyin(shortName.replace(/^(?:长宁)?区(?=.{2})/u, ''), plain).join(''))
