import type { RunsQuery } from '#ui/api/flow-runs.ts'

const NAMES = ['tab', 'entity', 'node', 'unit', 'person', 'age', 'only', 'open', 'version', 'from', 'to', 'first', 'last'] as const

/** Everything about the page that a link can carry; empty texts are left out of the address. */
export type FlowsState = Readonly<Record<(typeof NAMES)[number], string>>

interface Group {
  readonly key: string
  readonly label: string
  readonly pages: readonly { readonly key: string; readonly label: string }[]
}

/** The pages by what an administrator comes for; the first of a group opens with it. */
export const GROUPS: readonly Group[] = [
  { key: 'running', label: '在办流程', pages: [{ key: 'runs', label: '逐件' }, { key: 'steps', label: '按环节' }] },
  { key: 'attention', label: '需要处理', pages: [{ key: 'stuck', label: '停滞事项' }, { key: 'timers', label: '失败的定时任务' }, { key: 'limits', label: '时限调整' }] },
  { key: 'measured', label: '统计', pages: [{ key: 'statistics', label: '统计' }] },
  { key: 'versions', label: '改版', pages: [{ key: 'simulation', label: '试算新单' }, { key: 'replay', label: '对照已办' }, { key: 'migration', label: '迁移在办' }] },
  { key: 'people', label: '值班表', pages: [{ key: 'duty', label: '值班表' }] },
]

const first = GROUPS[0] as Group

export const groupOf = (tab: string): Group => GROUPS.find(({ pages }) => pages.some(({ key }) => key === tab)) ?? first

export function readFlows(params: URLSearchParams): FlowsState {
  const state = Object.fromEntries(NAMES.map((name) => [name, params.get(name) ?? ''])) as FlowsState
  return GROUPS.some(({ pages }) => pages.some(({ key }) => key === state.tab)) ? state : { ...state, tab: 'runs' }
}

export const writeFlows = (state: FlowsState): URLSearchParams =>
  new URLSearchParams(NAMES.map((name) => [name, state[name]] as [string, string]).filter(([name, value]) => value !== '' && !(name === 'tab' && value === 'runs')))

/** Another filter closes what is open. */
export const changeFlows = (state: FlowsState, part: Partial<FlowsState>): FlowsState => ({ ...state, ...('open' in part ? {} : { open: '' }), ...part })

/** Another page: the chosen flow and version go along within a group, filters do not. */
export function turnTo(state: FlowsState, tab: string): FlowsState {
  const { entity, version } = state
  const kept = groupOf(state.tab).key === groupOf(tab).key ? { entity, version } : { entity }
  return { ...readFlows(new URLSearchParams()), ...kept, tab }
}

export const queryOf = ({ entity, node, unit, person, age, only }: FlowsState): RunsQuery =>
  Object.fromEntries(Object.entries({ entity, node, unit, person, age, only }).filter(([, value]) => value !== ''))
