import { handle, type ModuleServer } from '#platform/registry/server/module-server.ts'
import { folders, headers, mark, messages, messageView } from '../api.ts'
import { listFolders } from './folders.ts'
import { markMessages } from './mark.ts'
import { listMessages } from './messages.ts'
import { headersOf, viewMessage } from './message.ts'

export const server: ModuleServer = {
  handlers: [handle(folders, listFolders), handle(messages, listMessages), handle(messageView, viewMessage), handle(headers, headersOf), handle(mark, markMessages)],
}
