import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { FlowModelDetailWire, FlowModelWire, ModelVersionDetailWire } from '#kit/wire/flow-model.ts'
import { get, post } from './client.ts'

const key = 'flow-models'

export const useFlowModels = () => useQuery({ queryKey: [key], queryFn: () => get<{ items: FlowModelWire[] }>('/api/flow-models') })

export const useFlowModel = (entity: string) => useQuery({ queryKey: [key, entity], queryFn: () => get<FlowModelDetailWire>(`/api/flow-models/${entity}`) })

export const useModelVersion = (entity: string, number: number) =>
  useQuery({ queryKey: [key, entity, number], queryFn: () => get<ModelVersionDetailWire>(`/api/flow-models/${entity}/${number}`) })

export const bpmnAddress = (entity: string, number: number): string => `/api/flow-models/${entity}/${number}/bpmn`

/** An act on the versions of a flow; the answer of an upload is the number of the new version. */
export function useModelAct<I extends object>(entity: string, act: 'publish' | 'retire' | 'discard' | 'upload' | 'retry-start') {
  const client = useQueryClient()
  return useMutation({ mutationFn: (input: I) => post<{ number?: number }>(`/api/flow-models/${entity}/${act}`, input), onSuccess: () => client.invalidateQueries({ queryKey: [key] }) })
}
