import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { DiagramWire, NextStepWire, OperationWire, PreviewWire, TaskWire, TimelineWire } from '#kit/wire/task.ts'
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
  readonly afterwards?: 'rerun' | 'jump-back'
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

/** Acts of the initiator on a running case: withdraw, urge, terminate, copy. */
export function useCaseAct(caseId: string) {
  const moved = useMoved()
  return useMutation({
    mutationFn: (act: { operation: string; opinion?: string; people?: readonly string[] }) => post(`/api/cases/${caseId}/act`, act),
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

/** Agrees to one task without opening it; used for several one after the other. */
export const approve = (task: { readonly id: string; readonly revision: number }, opinion: string): Promise<unknown> => {
  const act: Act = { operation: 'complete', outcome: 'approve', revision: task.revision, ...(opinion !== '' && { opinion }) }
  return post(`/api/tasks/${task.id}/act`, act)
}
