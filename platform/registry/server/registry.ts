import type { Entity } from '#kit/entity.ts'
import type { ModuleDefinition } from '#kit/module.ts'
import type { ErrorWord } from '#kit/words.ts'
import type { ModuleServer } from './module-server.ts'
import type { JobHandler, Listener, PlatformService, Provision } from './service.ts'

export interface LoadedModule {
  readonly definition: ModuleDefinition
  readonly server: ModuleServer
}

/** A listener and its owner: the two name a delivery in the outbox. */
export interface NamedListener {
  readonly owner: string
  readonly listen: Listener
}

/** Everything that is known by name while the process runs; built once at start. */
export interface Registry {
  readonly services: readonly PlatformService[]
  readonly modules: readonly LoadedModule[]
  readonly errors: Readonly<Record<string, ErrorWord>>
  readonly listeners: ReadonlyMap<string, readonly NamedListener[]>
  readonly jobs: ReadonlyMap<string, JobHandler>
  provision(contractId: string): Provision
  provides(contractId: string): boolean
  entity(name: string): { readonly entity: Entity; readonly module: LoadedModule } | undefined
  module(id: string): LoadedModule | undefined
}

/** Collects keyed things of many owners; the same key twice is a mistake of the code, so it stops the start. */
function unique<V>(what: string, entries: Iterable<readonly [string, V]>): Map<string, V> {
  const map = new Map<string, V>()
  for (const [key, value] of entries) {
    if (map.has(key)) throw new Error(`${what} ${key} is defined twice`)
    map.set(key, value)
  }
  return map
}

interface Owner {
  readonly id: string
  readonly listeners?: Readonly<Record<string, Listener>>
  readonly jobs?: readonly JobHandler[]
}

function groupListeners(owners: readonly Owner[]): Map<string, NamedListener[]> {
  const map = new Map<string, NamedListener[]>()
  for (const owner of owners) {
    for (const [type, listen] of Object.entries(owner.listeners ?? {})) map.set(type, [...(map.get(type) ?? []), { owner: owner.id, listen }])
  }
  return map
}

export function createRegistry(services: readonly PlatformService[], modules: readonly LoadedModule[]): Registry {
  const errors = unique('error', [...services.flatMap((s) => Object.entries(s.errors ?? {})), ...modules.flatMap((m) => Object.entries(m.definition.errors))])
  const provisions = unique('contract', [...services, ...modules.map((m) => m.server)].flatMap((owner) => (owner.provides ?? []).map((p) => [p.contract.id, p] as const)))
  const entities = unique('entity', modules.flatMap((module) => module.definition.entities.map((entity) => [entity.name, { entity, module }] as const)))
  const byId = unique('module', modules.map((m) => [m.definition.id, m] as const))
  const owners: readonly Owner[] = [...services, ...modules.map((m) => ({ id: m.definition.id, ...m.server }))]
  return {
    services,
    modules,
    errors: Object.fromEntries(errors),
    listeners: groupListeners(owners),
    jobs: unique('job', owners.flatMap((owner) => (owner.jobs ?? []).map((job) => [job.name, job] as const))),
    provision(contractId) {
      const provision = provisions.get(contractId)
      if (provision === undefined) throw new Error(`nobody provides the contract ${contractId}`)
      return provision
    },
    provides: (contractId) => provisions.has(contractId),
    entity: (name) => entities.get(name),
    module: (id) => byId.get(id),
  }
}
