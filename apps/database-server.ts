import type { Logger } from 'pino'
import type { Settings } from '#platform/config/contract.ts'
import { startEmbedded } from '#platform/db/server/embedded/embedded.ts'
import type { Embedded } from '#platform/db/server/embedded/embedded.ts'

interface DatabaseServerOptions {
  readonly settings: Pick<Settings, 'databaseUrl' | 'dataDir'>
  readonly log: Logger
  readonly say: (line: string) => void
  readonly onLost: () => void
}

/** The database of an installation: the one of DATABASE_URL, or the embedded one, started here unless another program of ours already runs it. */
export async function openDatabaseServer({ settings, log, say, onLost }: DatabaseServerOptions): Promise<Embedded> {
  if (settings.databaseUrl !== undefined) return { url: settings.databaseUrl, sharedWith: undefined, stop: async () => undefined }
  say('正在启动内置数据库……')
  return startEmbedded({ dataDir: settings.dataDir, log, onLost })
}
