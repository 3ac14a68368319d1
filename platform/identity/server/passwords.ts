import { hash, verify } from '@node-rs/argon2'
import { createHmac } from 'node:crypto'

/** argon2id (RFC 9106), OWASP's second choice of parameters: 19 MiB, two passes, one lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

/** A password as it is hashed: keyed, so that a stolen table cannot be attacked without the key file too. */
const peppered = (pepper: Buffer, password: string): string => createHmac('sha256', pepper).update(password.normalize('NFKC')).digest('base64')

export interface Passwords {
  hash(password: string): Promise<string>
  /** Without a stored hash the same time is spent, for nothing. */
  fits(stored: string | null, password: string): Promise<boolean>
}

export function createPasswords(pepper: Buffer): Passwords {
  let dummy: Promise<string> | undefined
  const hashed = (password: string): Promise<string> => hash(peppered(pepper, password), COST)
  return {
    hash: hashed,
    async fits(stored, password) {
      dummy ??= hashed('nobody has this password')
      const fitting = await verify(stored ?? (await dummy), peppered(pepper, password))
      return stored !== null && fitting
    },
  }
}
