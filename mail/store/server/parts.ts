import { join } from 'node:path'
import type { Keeping } from '#platform/config/contract.ts'
import { folderStore } from '#platform/files/server/blob-store.ts'
import type { Runtime } from '#platform/registry/server/runtime.ts'
import { KnownMessages } from './known-messages.ts'
import { messageStore } from './octets.ts'
import type { MessageStore } from './octets.ts'
import { type Watch, watchMailboxes } from './watch.ts'

/** What the mail servers of a process share: octets of messages, and one look-out for changes. */
export type MailParts = { readonly runtime: Runtime; readonly blobs: MessageStore; readonly watch: Watch; readonly known: KnownMessages }

/** Unless the installation says otherwise. */
const KEEPING: Keeping = { unusedDays: 7, tombstoneDays: 90, traceDays: 400, attached: 16_384 }

export const keepingOf = ({ listening }: Pick<Runtime, 'listening'>): Keeping => listening?.keeping ?? KEEPING

/** Octets of messages, in a folder of their own: that of other files is swept by what other tables name. */
export const mailBlobs = (runtime: Pick<Runtime, 'dataDir' | 'listening'>): MessageStore => messageStore(folderStore(join(runtime.dataDir, 'mail')), keepingOf(runtime).attached)

const made = new WeakMap<Runtime, MailParts>()

/** The parts of a process, made at first use. */
export function mailParts(runtime: Runtime): MailParts {
  const parts = made.get(runtime) ?? { runtime, blobs: mailBlobs(runtime), watch: watchMailboxes(runtime), known: new KnownMessages() }
  made.set(runtime, parts)
  return parts
}

/** Ends the look-out; a later use makes new parts. */
export function closeMailParts(runtime: Runtime): void {
  made.get(runtime)?.watch.stop()
  made.delete(runtime)
}
