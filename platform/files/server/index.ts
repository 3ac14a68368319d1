import { z } from 'zod'
import { fileWire } from '#kit/wire/others.ts'
import type { FileWire } from '#kit/wire/others.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { route } from '#platform/http/server/route.ts'
import { provide } from '#platform/registry/server/service.ts'
import type { PlatformService } from '#platform/registry/server/service.ts'
import { Files } from '../contract.ts'
import { fileErrors } from '../words.ts'
import { collectGarbage } from './collect-garbage.ts'
import { fileDescriptions, fileStreams } from './plugin.ts'
import { filesService } from './service.ts'
import { storeOf } from './store-of.ts'
import { wireOf } from './tables.ts'

/** Those of the files the actor may read. */
async function list(ctx: ServerContext, { ids }: { ids: string[] }): Promise<{ items: FileWire[] }> {
  const files = ctx.use(Files)
  const readable = await Promise.all(ids.map((id) => files.mayRead(id)))
  return { items: (await files.info(ids.filter((_id, index) => readable[index]))).map(wireOf) }
}

export const service: PlatformService = {
  id: 'files',
  errors: fileErrors,
  provides: [provide(Files, filesService)],
  routes: [
    route({
      method: 'GET', path: '/api/files', title: '文件信息', tag: 'files',
      input: z.object({ ids: z.string().transform((text) => text.split(',')).pipe(z.array(z.uuid()).min(1).max(100)) }), output: z.object({ items: z.array(fileWire) }), run: list,
    }),
  ],
  plugin: fileStreams,
  described: fileDescriptions,
  jobs: [{ name: 'files.clean', cron: '10 3 * * *', run: collectGarbage }],
  ready: (runtime) => storeOf(runtime).check(),
}
