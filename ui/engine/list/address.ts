/** Everything about a list that a link can carry: reloading, going back and sending the link to a colleague give the same list. */
export interface ListState {
  /** Saved view; the first one when absent. */
  readonly tab: string | null
  readonly search: string
  /** Field → what is asked of it, in the writing of `filters.ts`. */
  readonly filters: Readonly<Record<string, string>>
  readonly sort: string | null
  /** Record that stands open beside the list. */
  readonly open: string | null
}

const FILTER = 'f.'

export function readState(params: URLSearchParams): ListState {
  const filters = [...params].filter(([name, value]) => name.startsWith(FILTER) && value !== '').map(([name, value]) => [name.slice(FILTER.length), value])
  return { tab: params.get('tab'), search: params.get('search') ?? '', filters: Object.fromEntries(filters), sort: params.get('sort'), open: params.get('open') }
}

/** Parameters of the address; what is as usual is left out. */
export function writeState({ tab, search, filters, sort, open }: ListState): URLSearchParams {
  const pairs = [
    ['tab', tab], ['search', search], ...Object.entries(filters).map(([key, value]) => [FILTER + key, value]), ['sort', sort], ['open', open],
  ].filter((pair): pair is [string, string] => pair[1] !== null && pair[1] !== '')
  return new URLSearchParams(pairs)
}

/** A change of what is listed closes the open record, which may not be in the new list. */
export function changeState(state: ListState, change: Partial<ListState>): ListState {
  const keeps = Object.keys(change).every((name) => name === 'open')
  return { ...state, ...(keeps ? {} : { open: null }), ...change }
}

/** None → ascending → descending → none. */
export function nextSort(current: string | null, key: string): string | null {
  if (current === key) return `-${key}`
  return current === `-${key}` ? null : key
}
