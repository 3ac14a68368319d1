import type { Command } from '../session.ts'
import { aclCommands } from './acl.ts'
import { append } from './append.ts'
import { authenticate, login } from './authenticate.ts'
import { enable } from './enable.ts'
import { fetchCommands } from './fetch.ts'
import { listCommands } from './list.ts'
import { mailboxCommands } from './mailboxes.ts'
import { messageCommands } from './messages.ts'
import { metadataCommands } from './metadata.ts'
import { notify } from './notify.ts'
import { plainCommands } from './plain.ts'
import { quotaCommands } from './quota.ts'
import { searchCommands } from './search.ts'
import { selectCommands } from './select.ts'
import { sortCommands } from './sort.ts'
import { storeCommands } from './store.ts'

/** Every command by its name; `UID FETCH` and the like have entries of their own. */
export const commands: ReadonlyMap<string, Command> = new Map(
  [...plainCommands, login, authenticate, enable, ...selectCommands, ...listCommands, ...mailboxCommands, ...quotaCommands, ...aclCommands, ...metadataCommands, notify, append, ...fetchCommands, ...storeCommands, ...messageCommands, ...searchCommands, ...sortCommands].map((one) => [one.name, one]),
)
