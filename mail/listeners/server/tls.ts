import { createSecureContext, type SecureContext } from 'node:tls'
import type { Runtime } from '#platform/registry/server/runtime.ts'
import { tlsOf } from './certificate.ts'
import { activeFingerprint, activePair } from './certificates.ts'

/** TLS of the mail ports of a process: the uploaded certificate, else that of the settings, else one of its own. Open connections keep the one they began with. */
export class LiveTls {
  readonly #runtime: Runtime
  readonly #files: Parameters<typeof tlsOf>[1]
  #context: SecureContext | null = null
  #fingerprint = ''

  constructor(runtime: Runtime, files: Parameters<typeof tlsOf>[1]) {
    this.#runtime = runtime
    this.#files = files
  }

  get context(): SecureContext {
    this.#context ??= tlsOf(this.#runtime, this.#files)
    return this.#context
  }

  /** Takes up what an administrator has changed. A certificate that cannot be used leaves the former one in place. */
  async renew(): Promise<void> {
    const fingerprint = await activeFingerprint(this.#runtime.db)
    if (fingerprint === this.#fingerprint && this.#context !== null) return
    this.#fingerprint = fingerprint
    try {
      const pair = await activePair(this.#runtime)
      this.#context = pair === null ? tlsOf(this.#runtime, this.#files) : createSecureContext({ ...pair, minVersion: 'TLSv1.2' })
    } catch (error) {
      this.#runtime.log.error({ err: error }, 'the uploaded mail certificate cannot be used')
    }
  }
}
