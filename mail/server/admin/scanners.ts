import type { z } from 'zod'
import type { ServerContext } from '#platform/db/server/context.ts'
import { runtimeOf } from '#platform/registry/server/of.ts'
import { checkScanners, scannerStates } from '../../transport/server/scan/state.ts'
import type { scanners } from '../../admin-api.ts'

const MEGABYTE = 1_048_576

/** Scanners of contents as they were found last. */
export async function listScanners(ctx: ServerContext): Promise<z.input<typeof scanners.output>> {
  const { onFailure = 'later', most = 0 } = runtimeOf(ctx).listening?.scanning ?? {}
  return { items: [...(await scannerStates(ctx))], onFailure, megabytes: most / MEGABYTE }
}

/** Greets them now. */
export async function greetScanners(ctx: ServerContext): Promise<z.input<typeof scanners.output>> {
  await checkScanners(ctx)
  return listScanners(ctx)
}
