import type { Printer } from '#platform/print/contract.ts'
import { createPrinter } from '#platform/print/server/typst.ts'

let shared: Printer | null = null

/** The process's printer: loading the fonts takes a moment, so it is made once, when first needed. */
export function printer(): Printer {
  shared ??= createPrinter()
  return shared
}
