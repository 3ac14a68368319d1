/** A Typst source that does not compile; the message holds the engine's diagnostics. */
export class PrintError extends Error {
  override name = 'PrintError'
}
