import { useQuery } from '@tanstack/react-query'
import type { ReplayWire, SimulationWire } from '#kit/wire/flow-simulation.ts'
import type { Values } from './records.ts'
import { get, post } from './client.ts'

export interface SimulationOrder {
  readonly version: string
  readonly post: string
  readonly values: Values
}

/** Asked again with every order; nothing is written. */
export const simulateFlow = (entity: string, order: SimulationOrder): Promise<SimulationWire> => post<SimulationWire>(`/api/flow-simulations/${entity}`, order)

const MOST = 100

/** The last hundred finished cases, read page by page. */
export const useReplay = (entity: string, version: string) => useQuery({
  queryKey: ['case', 'replay', entity, version], enabled: version !== '',
  queryFn: async ({ signal }) => {
    const items: ReplayWire['items'] = []
    for (let after: string | null | undefined; after !== null && items.length < MOST;) {
      const page: ReplayWire = await get<ReplayWire>(`/api/flow-replays/${entity}`, { version, after }, signal)
      items.push(...page.items)
      after = page.next
    }
    return items
  },
})
