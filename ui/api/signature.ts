import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { OwnSignatureWire } from '#kit/wire/signature.ts'
import { get, post, remove, put } from './client.ts'

export const useSignature = () => useQuery({ queryKey: ['signature'], queryFn: () => get<OwnSignatureWire>('/api/signature'), staleTime: 300_000 })

function useChange<T>(change: (input: T) => Promise<unknown>) {
  const client = useQueryClient()
  return useMutation({ mutationFn: change, onSettled: () => void client.invalidateQueries({ queryKey: ['signature'] }) })
}

export const useRegisterSignature = () => useChange((png: string) => put('/api/signature', { png, auto: true }))
export const useSignatureAuto = () => useChange((auto: boolean) => post('/api/signature/auto', { auto }))
export const useEndSignature = () => useChange<undefined>(() => remove('/api/signature'))

/** The picture of one's own signature; another one has another address. */
export const ownPictureUrl = (id: string): string => `/api/signature/picture?v=${id}`
