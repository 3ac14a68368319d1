import type { z } from 'zod'
import type { ServerContext } from '#platform/db/server/context.ts'
import { storeFlags } from '../store/server/entries.ts'
import type { mark } from '../api.ts'
import { permittedMailbox } from './rights.ts'

/** Marks messages as read or starred, or takes the mark away. */
export async function markMessages(ctx: ServerContext, { mailbox, uids, seen, flagged }: z.output<typeof mark.input>): Promise<z.input<typeof mark.output>> {
  const { rights } = await permittedMailbox(ctx, mailbox, `r${seen === undefined ? '' : 's'}${flagged === undefined ? '' : 'w'}`)
  for (const [flag, on] of [['\\Seen', seen], ['\\Flagged', flagged]] as const) if (on !== undefined) await storeFlags(ctx, mailbox, uids, { how: on ? 'add' : 'remove', flags: [flag] }, undefined, rights)
  return { done: true }
}
