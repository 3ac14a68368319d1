import { z } from 'zod'

/** A module's own request beyond the generic ones; `GET` for queries and workbooks, `POST` for commands and questions, all under `/api/<module>/<name>`. */
export interface Endpoint<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  readonly type: 'command' | 'query' | 'question' | 'workbook'
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

/** A query about something too large for an address, such as a text not yet saved: posted, but it changes nothing, holds no transaction and is not audited. */
export const question = <I extends z.ZodType, O extends z.ZodType>(name: string, options: Options<I, O>): Endpoint<I, O> => ({ type: 'question', name, ...options })

/** A spreadsheet to keep, made of what a query would answer. */
export const workbookShape = z.object({
  /** Name of the file, without its ending. */
  name: z.string(), columns: z.array(z.object({ title: z.string(), width: z.number() })), rows: z.array(z.array(z.union([z.string(), z.number(), z.null()]))),
})
export type Workbook = z.infer<typeof workbookShape>

export const workbook = <I extends z.ZodType>(name: string, options: Omit<Options<I, typeof workbookShape>, 'output'>): Endpoint<I, typeof workbookShape> => ({
  type: 'workbook', name, output: workbookShape, ...options,
})
