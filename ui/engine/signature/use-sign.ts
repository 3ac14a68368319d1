import { useSignature } from '#ui/api/signature.ts'
import type { Choices } from '../flow/bar-model.ts'

interface Bar {
  readonly choices: Choices
  readonly set: (change: Partial<Choices>) => void
}

/** Which signature the next act will bear, and how to change that. */
export function useSign({ choices, set }: Bar) {
  const own = useSignature().data?.signature ?? null
  const drawn = choices.drawn
  const uses = drawn !== undefined || choices.sign === 'own' || (choices.sign === undefined && own?.auto === true)
  return {
    own, drawn, uses,
    chooseOwn: (on: boolean): void => set({ sign: on ? 'own' : 'none' }),
    draw: (png: string): void => set({ drawn: png, sign: 'own' }),
    undraw: (): void => set({ drawn: undefined, sign: undefined }),
  }
}
