import type { z } from 'zod'

/** A module's own request beyond the generic ones; `GET` for queries, `POST` for commands, both under `/api/<module>/<name>`. */
export interface Endpoint<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  readonly type: 'command' | 'query'
  /** `<module>.<name>`: also the name under which the function is bound and audited. */
  readonly name: string
  readonly title: string
  /** Permission needed, `<module>.<action>`; without one every signed-in person may ask. */
  readonly permission?: string
  readonly input: I
  readonly output: O
}

type Options<I extends z.ZodType, O extends z.ZodType> = Omit<Endpoint<I, O>, 'type' | 'name'>

export const command = <I extends z.ZodType, O extends z.ZodType>(name: string, options: Options<I, O>): Endpoint<I, O> => ({ type: 'command', name, ...options })
export const query = <I extends z.ZodType, O extends z.ZodType>(name: string, options: Options<I, O>): Endpoint<I, O> => ({ type: 'query', name, ...options })
