import { z } from 'zod'
import type { Workbook } from '#kit/api.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { Audit } from '#platform/audit/contract.ts'
import type { EndpointHandler } from '#platform/registry/server/module-server.ts'
import type { Http, Route } from './route.ts'
import { sheetBytes, XLSX } from './sheet.ts'

/** Sends the workbook a function makes; audited like a command, as it takes data out of the platform. */
const workbookRoute = ({ endpoint, run }: EndpointHandler): Pick<Route, 'output' | 'mediaType' | 'run'> => ({
  output: z.instanceof(Buffer),
  mediaType: XLSX,
  async run(ctx: ServerContext, input: never, { reply }: Http) {
    const book = (await run(ctx, input)) as Workbook
    await ctx.use(Audit).record({ action: endpoint.name, object: { type: 'workbook', id: '', title: book.name }, difference: { rows: book.rows.length } })
    reply.header('content-type', XLSX).header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(`${book.name}.xlsx`)}`)
    return Buffer.from(await sheetBytes(book))
  },
})

/** A module's endpoint as a route: `leave.balance` → `GET /api/leave/balance`. */
export function endpointRoute(handler: EndpointHandler): Route {
  const { endpoint, run } = handler
  const [module = '', ...rest] = endpoint.name.split('.')
  return {
    method: endpoint.type === 'command' || endpoint.type === 'question' ? 'POST' : 'GET',
    path: `/api/${module}/${rest.join('/')}`,
    title: endpoint.title,
    tag: module,
    ...(endpoint.permission !== undefined && { permission: endpoint.permission }),
    ...(endpoint.type === 'command' && { action: endpoint.name }),
    ...(endpoint.type === 'question' && { ownTransactions: true }),
    input: endpoint.input,
    output: endpoint.output,
    run,
    ...(endpoint.type === 'workbook' && workbookRoute(handler)),
  }
}
