import type { Dns } from '../queue/dns.ts'

export type DnsBounds = { readonly questions: number; readonly each: number; readonly all: number }
/** SPF alone may ask 10 questions with 10 addresses each (RFC 7208 4.6.4). */
export const dnsBounds: DnsBounds = { questions: 80, each: 4_000, all: 12_000 }

/** An answer that did not come is one that may come later. */
const lateError = (name: string): Error => Object.assign(new Error(`no answer for ${name} in time`), { code: 'ETIMEOUT' })

/** Questions about one message: so many, each so long, all of them so long (ms). What goes beyond fails as if nobody had answered. */
export function boundedDns(dns: Dns, { questions, each, all }: DnsBounds): Dns {
  const end = performance.now() + all
  let asked = 0
  return async (name, type) => {
    const left = Math.min(each, end - performance.now())
    if (++asked > questions || left <= 0) throw lateError(name)
    const { promise, reject } = Promise.withResolvers<never>()
    const timer = setTimeout(() => reject(lateError(name)), left)
    try {
      return await Promise.race([dns(name, type), promise])
    } finally {
      clearTimeout(timer)
    }
  }
}
