import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { NamesakesWire, SessionWire } from '#kit/wire/session.ts'
import { get, patch, post, remove } from './client.ts'

export const sessionKey = ['session'] as const

/** One signed-in device, as `GET /api/sessions` lists it. */
export interface SessionView {
  readonly id: string
  readonly device: string
  readonly address: string
  readonly createdAt: string
  readonly lastSeenAt: string
  readonly current: boolean
}

export const sessionQuery = queryOptions({ queryKey: sessionKey, queryFn: ({ signal }) => get<SessionWire>('/api/session', {}, signal), staleTime: Infinity })

export const useSession = () => useQuery(sessionQuery)

/** The session of pages that stand inside the frame, where somebody is always signed in. */
export function useSignedIn(): SessionWire {
  const { data } = useSession()
  if (data === undefined) throw new Error('used outside the signed-in frame')
  return data
}

export interface Credentials {
  readonly login: string
  readonly password: string
  readonly choose?: string
}

export const needsChoice = (answer: SessionWire | NamesakesWire): answer is NamesakesWire => 'choose' in answer

export function useSignIn() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (credentials: Credentials) => post<SessionWire | NamesakesWire>('/api/session', credentials),
    onSuccess: (answer) => {
      if (!needsChoice(answer)) client.setQueryData(sessionKey, answer)
    },
  })
}

/** Ends the session and forgets everything that was shown to this person; `home` is the shell's first page. */
export function useSignOut(home = '/') {
  // A fresh page: nothing of this person stays in memory, and every open query starts anew.
  return useMutation({ mutationFn: () => remove('/api/session'), onSuccess: () => window.location.assign(home) })
}

/** Acts in another post: all answers may change with it, so all are asked again. */
export function useChoosePost() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (postId: string) => post<SessionWire>('/api/session/post', { postId }),
    onSuccess: async (session) => {
      client.setQueryData(sessionKey, session)
      await client.invalidateQueries({ predicate: (query) => query.queryKey[0] !== 'session' })
    },
  })
}

export function useSavePreferences() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (preferences: Readonly<Record<string, unknown>>) => patch<SessionWire>('/api/session/preferences', { preferences }),
    onMutate: (preferences) => {
      client.setQueryData<SessionWire>(sessionKey, (old) => old && { ...old, preferences: { ...old.preferences, ...preferences } })
    },
  })
}

export const useDevices = () => useQuery({ queryKey: ['sessions'], queryFn: () => get<{ items: SessionView[] }>('/api/sessions') })

export function useEndDevice() {
  const client = useQueryClient()
  return useMutation({ mutationFn: (id: string) => remove(`/api/sessions/${id}`), onSuccess: () => client.invalidateQueries({ queryKey: ['sessions'] }) })
}

export function useEndOtherDevices() {
  const client = useQueryClient()
  return useMutation({ mutationFn: () => post<{ ended: number }>('/api/sessions/end-others'), onSuccess: () => client.invalidateQueries({ queryKey: ['sessions'] }) })
}

export interface PasswordChange {
  /** Whose, when the password has expired and there is no session. */
  readonly login?: string | undefined
  readonly old: string
  readonly new: string
}

/** Ends the other sessions of the account; answers how many. */
export const useChangePassword = () => useMutation({ mutationFn: (change: PasswordChange) => post<{ ended: number }>('/api/password', change) })
