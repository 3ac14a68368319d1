import { queryOptions, useQuery } from '@tanstack/react-query'
import type { Entity } from '#kit/entity.ts'
import type { EntityViews } from '#kit/views.ts'
import type { EntityMetaWire, MenuWire } from '#kit/wire/meta.ts'
import { get } from './client.ts'

/** The definition of an entity as this person may see it, in the types of the kit. */
export interface EntityMeta extends Omit<EntityMetaWire, 'entity' | 'views'> {
  readonly entity: Entity
  readonly views: EntityViews
}

export type App = MenuWire['apps'][number]

/** The wire leaves `entity` and `views` open because they are definitions of the kit; the server compiled them with it. */
export const readMeta = (wire: EntityMetaWire): EntityMeta => ({ ...wire, entity: wire.entity as Entity, views: wire.views as EntityViews })

const DAY = 86_400_000

export const menuQuery = queryOptions({ queryKey: ['meta'], queryFn: () => get<MenuWire>('/api/meta'), staleTime: DAY / 24 })

export const useMenu = () => useQuery(menuQuery)

export const useEntityMeta = (entity: string) =>
  useQuery({ queryKey: ['meta', entity], queryFn: async () => readMeta(await get<EntityMetaWire>(`/api/meta/${entity}`)), staleTime: DAY / 24 })
