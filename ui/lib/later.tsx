import { createElement, useSyncExternalStore } from 'react'
import type { ComponentType, ReactNode } from 'react'

type Arrival<P> = { readonly Part?: ComponentType<P>; readonly failure?: unknown }
type Load<P> = () => Promise<{ readonly default: ComponentType<P> }>

/** Reads a part once, whoever asks; after a failure it is asked for again by whoever comes next. */
function arrivalOf<P>(load: Load<P>): { subscribe: (told: () => void) => () => void; now: () => Arrival<P> } {
  let now: Arrival<P> = {}
  let asked = false
  const listeners = new Set<() => void>()
  const tell = (arrival: Arrival<P>): void => {
    now = arrival
    for (const told of listeners) told()
  }
  function subscribe(told: () => void): () => void {
    listeners.add(told)
    if (!asked) {
      asked = true
      load().then((read) => tell({ Part: read.default }), (failure: unknown) => tell({ failure }))
    }
    return () => {
      listeners.delete(told)
      if (listeners.size > 0 || now.failure === undefined) return
      now = {}
      asked = false
    }
  }
  return { subscribe, now: () => now }
}

/**
 * A part of a page that is read when it is first shown, with something to look at meanwhile. It stands there as soon as it has been read, while
 * React keeps what was suspended hidden for 300 ms. A failure goes to the boundary around it.
 */
export function later<P extends object>(load: Load<P>, waiting: ReactNode = null): ComponentType<P> {
  const { subscribe, now } = arrivalOf(load)
  return function Later(props: P) {
    const { Part, failure } = useSyncExternalStore(subscribe, now)
    if (failure !== undefined) throw failure
    return Part === undefined ? waiting : createElement(Part, props)
  }
}

/** One such part for each file, made once, so that it keeps its state between renders. */
export function partsOf<P extends object>(files: Readonly<Record<string, () => Promise<unknown>>>, waiting: ReactNode = null): (path: string) => ComponentType<P> | undefined {
  const made = new Map<string, ComponentType<P>>()
  return (path) => {
    const load = files[path]
    if (load === undefined) return undefined
    const known = made.get(path) ?? later(load as Load<P>, waiting)
    made.set(path, known)
    return known
  }
}
