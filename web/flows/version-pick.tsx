import { Select } from 'antd'
import type { MigrationVersionsWire } from '#kit/wire/flow-cockpit.ts'
import { useMigrationVersions } from '#ui/api/flow-cockpit.ts'
import { useManagedFlows } from '#ui/api/flow-runs.ts'
import type { FlowsState } from './flows-state.ts'

type Version = MigrationVersionsWire['from'][number]

const STATES = { draft: '草稿', published: '现行', retired: '已停用' } as const

export const versionOption = ({ ir, number, title, state, running }: Version) => ({
  value: ir, label: `${number === null ? '早期版本' : `第 ${number} 版`} ${title}${state === null ? '' : `（${STATES[state]}）`} · 在办 ${running} 件`,
})

/** Every flow, whether or not cases are under way. */
export const useProcesses = (): { value: string; label: string }[] => (useManagedFlows().data?.items ?? []).map(({ entity, process }) => ({ value: entity, label: process }))

interface Props {
  readonly state: Pick<FlowsState, 'entity' | 'version'>
  readonly change: (part: Partial<FlowsState>) => void
}

/** A flow and one of its versions, drafts included. */
export function VersionPick({ state: { entity, version }, change }: Props) {
  const versions = useMigrationVersions(entity).data
  return (
    <>
      <Select aria-label="流程" placeholder="选择流程" style={{ minWidth: 160 }} value={entity || undefined} options={useProcesses()} onChange={(value) => change({ entity: value, version: '' })} />
      <Select aria-label="版本" placeholder="版本（含草稿）" disabled={versions === undefined} style={{ minWidth: 260 }} value={version || undefined} options={(versions?.all ?? []).map(versionOption)} onChange={(value) => change({ version: value })} />
    </>
  )
}
