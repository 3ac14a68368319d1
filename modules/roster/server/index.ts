import { handle } from '#platform/registry/server/module-server.ts'
import type { ModuleServer } from '#platform/registry/server/module-server.ts'
import * as api from '../api.ts'
import { apply, preview, templateOf } from './sheets.ts'

export const server: ModuleServer = {
  handlers: [
    handle(api.previewSheet, (ctx, input) => preview(ctx, input)),
    handle(api.applySheet, (ctx, input) => apply(ctx, input)),
    handle(api.template, async (_ctx, { kind }) => templateOf(kind)),
  ],
}
