import { useCallback } from 'react'
import { useSearchParams } from 'react-router'
import { type Which, WHICH } from './queries.ts'

/** Where somebody is among the mail, kept in the address. */
export type Place = { readonly account: string | null; readonly folder: number | null; readonly which: Which; readonly search: string; readonly open: number | null }

const numberOf = (text: string | null): number | null => (text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null)

export function readPlace(params: URLSearchParams): Place {
  const which = params.get('which') ?? ''
  return { account: params.get('account'), folder: numberOf(params.get('folder')), which: Object.hasOwn(WHICH, which) ? (which as Which) : 'all', search: params.get('q') ?? '', open: numberOf(params.get('open')) }
}

const writePlace = ({ account, folder, which, search, open }: Place): Record<string, string> =>
  Object.fromEntries(Object.entries({ account, folder, which: which === 'all' ? null : which, q: search, open }).flatMap(([name, value]) => (value === null || value === '' ? [] : [[name, String(value)]])))

/** Another account, folder or selection closes what is open; moving from one open message to the next leaves no trace in the history. */
export function changedPlace(place: Place, part: Partial<Place>): Place {
  const within = 'account' in part ? { folder: null, which: 'all' as const, search: '', open: null } : 'folder' in part ? { search: '', open: null } : 'which' in part || 'search' in part ? { open: null } : {}
  return { ...place, ...within, ...part }
}

export function usePlace(): readonly [Place, (part: Partial<Place>) => void] {
  const [params, setParams] = useSearchParams()
  const place = readPlace(params)
  const change = useCallback((part: Partial<Place>) => setParams((now) => writePlace(changedPlace(readPlace(now), part)), { replace: 'open' in part && part.open !== null && readPlace(params).open !== null }), [setParams, params])
  return [place, change]
}
