import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { BatchWire, DiagramWire, NextStepWire, OperationWire, PreviewWire, TaskWire, TimelineWire } from '#kit/wire/task.ts'
import { get, post } from './client.ts'
import type { Values } from './records.ts'

export type Operation = OperationWire

/** What `POST /api/tasks/:id/act` takes. */
export interface Act {
  readonly operation: Operation['id']
  readonly revision: number
  readonly outcome?: string
  readonly opinion?: string
  readonly people?: readonly string[]
  readonly target?: string
  readonly name?: string
  readonly afterwards?: 'rerun' | 'jump-back'
  readonly sign?: 'own' | 'none'
  readonly drawn?: string
  /** Fields of the step, written together with the act or not at all. */
  readonly form?: { readonly values: Values; readonly version: number }
}

export type NextStep = NextStepWire

export const useTask = (id: string | undefined) =>
  useQuery({ queryKey: ['task', id], queryFn: () => get<TaskWire>(`/api/tasks/${id}`), enabled: id !== undefined, staleTime: 0 })

export const useTimeline = (caseId: string | null) =>
  useQuery({ queryKey: ['case', caseId, 'timeline'], queryFn: () => get<TimelineWire>(`/api/cases/${caseId}/timeline`), enabled: caseId !== null })

export const usePreview = (caseId: string | null) =>
  useQuery({ queryKey: ['case', caseId, 'preview'], queryFn: () => get<PreviewWire>(`/api/cases/${caseId}/preview`), enabled: caseId !== null })

export const useDiagram = (caseId: string) => useQuery({ queryKey: ['case', caseId, 'diagram'], queryFn: () => get<DiagramWire>(`/api/cases/${caseId}/diagram`) })

/** Steps at which a finished case may be let go on by whoever manages it. */
export const useReopenTargets = (caseId: string | null) =>
  useQuery({ queryKey: ['case', caseId, 'reopen'], queryFn: () => get<{ items: { node: string; name: string }[] }>(`/api/cases/${caseId}/reopen-targets`), enabled: caseId !== null })

export const useFlowDiagram = (entity: string, values: Values) =>
  useQuery({ queryKey: ['flow', entity, 'diagram', values], queryFn: ({ signal }) => get<DiagramWire>(`/api/flows/${entity}/diagram`, { values: JSON.stringify(values) }, signal), retry: false })

export const useFlowPreview = (entity: string, values: Values, enabled: boolean) =>
  useQuery({
    queryKey: ['flow', entity, values],
    queryFn: ({ signal }) => get<{ steps: NextStep[] }>(`/api/flows/${entity}/preview`, { values: JSON.stringify(values) }, signal),
    enabled,
    retry: false,
    placeholderData: keepPreviousData,
  })

const MOVED = ['todos', 'counts', 'task', 'case', 'record', 'records', 'notices']

/** After an act everything about the case may have changed. */
export function useMoved() {
  const client = useQueryClient()
  return () => client.invalidateQueries({ predicate: ({ queryKey }) => MOVED.includes(String(queryKey[0])) })
}

export function useAct(taskId: string) {
  const moved = useMoved()
  return useMutation({
    mutationFn: ({ act, key }: { act: Act; key: string }) => post<{ done: true; next: string }>(`/api/tasks/${taskId}/act`, act, key),
    onSettled: () => void moved(),
  })
}

/** Acts on a running case of its initiator and of whoever manages it. */
export function useCaseAct(caseId: string) {
  const moved = useMoved()
  return useMutation({
    mutationFn: (act: { operation: string; opinion?: string; people?: readonly string[]; target?: string; token?: number; part?: string }) => post(`/api/cases/${caseId}/act`, act),
    onSettled: () => void moved(),
  })
}

export function useMarkRead() {
  const moved = useMoved()
  return useMutation({
    mutationFn: ({ id, opinion }: { id: string; opinion?: string }) => post(`/api/readings/${id}/read`, opinion ? { opinion } : {}),
    onSettled: () => void moved(),
  })
}

/** 转阅: passes one's reading copy on to others. */
export function usePassOn() {
  const moved = useMoved()
  return useMutation({ mutationFn: ({ id, people }: { id: string; people: readonly string[] }) => post(`/api/readings/${id}/pass-on`, { people }), onSettled: () => void moved() })
}

type Line = { readonly id: string; readonly revision: number }

/** Agrees to several tasks without opening them; each has its own result. */
export const approveTogether = async (tasks: readonly Line[], opinion: string): Promise<BatchWire['items']> =>
  (await post<BatchWire>('/api/tasks/batch', { items: tasks.map(({ id, revision }) => ({ id, revision })), ...(opinion !== '' && { opinion }) })).items

/** Takes back what was done with a task, while nobody has acted after it. */
export function useTakeBack({ id, revision }: Line) {
  const moved = useMoved()
  return useMutation({ mutationFn: () => post(`/api/tasks/${id}/act`, { operation: 'withdraw', revision } satisfies Act), onSettled: () => void moved() })
}
