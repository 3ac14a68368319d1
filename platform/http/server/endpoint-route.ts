import type { EndpointHandler } from '#platform/registry/server/module-server.ts'
import type { Route } from './route.ts'

/** A module's endpoint as a route: `leave.balance` → `GET /api/leave/balance`. */
export function endpointRoute({ endpoint, run }: EndpointHandler): Route {
  const [module = '', ...rest] = endpoint.name.split('.')
  return {
    method: endpoint.type === 'query' ? 'GET' : 'POST',
    path: `/api/${module}/${rest.join('/')}`,
    title: endpoint.title,
    tag: module,
    ...(endpoint.permission !== undefined && { permission: endpoint.permission }),
    ...(endpoint.type === 'command' && { action: endpoint.name }),
    input: endpoint.input,
    output: endpoint.output,
    run,
  }
}
