import { sql } from 'kysely'
import type { Runtime } from '#platform/registry/server/runtime.ts'

/** Notes which messages' answers have arrived, many with one statement. What is lost here by a crash only makes a repeated message recognised. */
export type Answered = { add(submissionId: string): void; /** Writes what is left. */ stop(): Promise<void> }

const EVERY_MS = 500

export function noteAnswered({ db, log }: Pick<Runtime, 'db' | 'log'>): Answered {
  let ids: string[] = []
  let timer: NodeJS.Timeout | null = null
  let writing: Promise<unknown> = Promise.resolve()
  const flush = (): void => {
    timer = null
    const now = ids
    ids = []
    if (now.length > 0) writing = sql`update mail_submission set answered = true where id = any(${now}::uuid[])`.execute(db).catch((error: unknown) => log.warn({ err: error }, 'answered messages cannot be noted'))
  }
  return {
    add(id) {
      ids.push(id)
      timer ??= setTimeout(flush, EVERY_MS)
    },
    async stop() {
      if (timer !== null) clearTimeout(timer)
      await writing
      flush()
      await writing
    },
  }
}
