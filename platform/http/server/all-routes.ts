import type { Runtime } from '#platform/registry/server/runtime.ts'
import { endpointRoute } from './endpoint-route.ts'
import type { Route } from './route.ts'

/** Every address of the interface: those of the services and those of the modules' own endpoints. */
export const allRoutes = (runtime: Pick<Runtime, 'registry'>): readonly Route[] => [
  ...runtime.registry.services.flatMap((service) => service.routes ?? []),
  ...runtime.registry.modules.flatMap(({ server }) => (server.handlers ?? []).map(endpointRoute)),
]
