import type { Printer } from '#platform/print/contract.ts'
import { createPrinter } from '#platform/print/server/typst.ts'

let made: Printer | undefined

/** One compiler for the process: loading its fonts takes a moment. */
export const printer = (): Printer => (made ??= createPrinter())
