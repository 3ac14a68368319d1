import { join } from 'node:path'
import type { Context } from '#kit/context.ts'
import { runtimeOf } from '#platform/registry/server/of.ts'
import type { Runtime } from '#platform/registry/server/runtime.ts'
import { folderStore } from './blob-store.ts'
import type { BlobStore } from './blob-store.ts'

/** The store of a process: the folder `blobs` of its data. */
export const storeOf = ({ dataDir }: Pick<Runtime, 'dataDir'>): BlobStore => folderStore(join(dataDir, 'blobs'))

export const storeOfContext = (ctx: Context): BlobStore => storeOf(runtimeOf(ctx))
