import { randomInt } from 'node:crypto'

// Without signs that look alike: it is read from a terminal or a slip of paper.
const KINDS = ['abcdefghijkmnpqrstuvwxyz', 'ABCDEFGHJKLMNPQRSTUVWXYZ', '23456789']
const LENGTH = 18

const pick = (signs: string): string => signs[randomInt(signs.length)] ?? ''

/** A password for the first sign-in: three kinds of signs, some 100 bits, printed once and kept nowhere. */
export function oneTimePassword(): string {
  const signs = [...KINDS.map(pick), ...Array.from({ length: LENGTH - KINDS.length }, () => pick(KINDS.join('')))]
  for (let index = signs.length - 1; index > 0; index -= 1) {
    const other = randomInt(index + 1)
    const [a = '', b = ''] = [signs[index], signs[other]]
    signs[index] = b
    signs[other] = a
  }
  return signs.join('').replaceAll(/(.{6})(?=.)/g, '$1-')
}
