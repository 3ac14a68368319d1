import type { RunsQuery } from '#ui/api/flow-runs.ts'

/** Everything about the page that a link can carry; empty texts are left out of the address. */
export interface FlowsState {
  readonly tab: string
  readonly entity: string
  readonly node: string
  readonly unit: string
  readonly person: string
  readonly only: string
  readonly open: string
}

const TABS = ['runs', 'steps', 'statistics', 'migration', 'simulation', 'replay', 'timers', 'limits', 'duty']
const NAMES = ['tab', 'entity', 'node', 'unit', 'person', 'only', 'open'] as const

export function readFlows(params: URLSearchParams): FlowsState {
  const [tab = '', entity = '', node = '', unit = '', person = '', only = '', open = ''] = NAMES.map((name) => params.get(name) ?? '')
  return { tab: TABS.includes(tab) ? tab : 'runs', entity, node, unit, person, only, open }
}

export const writeFlows = (state: FlowsState): URLSearchParams =>
  new URLSearchParams(NAMES.map((name) => [name, state[name]] as [string, string]).filter(([name, value]) => value !== '' && !(name === 'tab' && value === 'runs')))

/** Another filter closes what is open. */
export const changeFlows = (state: FlowsState, part: Partial<FlowsState>): FlowsState => ({ ...state, ...('open' in part ? {} : { open: '' }), ...part })

export const queryOf = ({ entity, node, unit, person, only }: FlowsState): RunsQuery =>
  Object.fromEntries(Object.entries({ entity, node, unit, person, only }).filter(([, value]) => value !== ''))
