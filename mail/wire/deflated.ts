import { Duplex } from 'node:stream'
import { constants, createDeflateRaw, createInflateRaw } from 'node:zlib'

/** Less window than the most there is: a quarter of the memory for a few percent of size. */
const OUT = { level: 6, windowBits: 13, memLevel: 6, flush: constants.Z_SYNC_FLUSH }

/** A stream over another on which both directions are raw DEFLATE, flushed with every write (RFC 4978). What is not read is not inflated either. */
export function deflated(under: Duplex): Duplex {
  const [inflate, deflate] = [createInflateRaw(), createDeflateRaw(OUT)]
  const over = new Duplex({
    read: () => void inflate.resume(),
    write: (chunk: Buffer, _encoding, done) => void deflate.write(chunk, () => done()),
    final: (done) => void deflate.end(() => done()),
    destroy: (error, done) => {
      inflate.destroy()
      deflate.destroy()
      under.destroy()
      done(error)
    },
  })
  inflate.on('data', (chunk: Buffer) => {
    if (!over.push(chunk)) inflate.pause()
  })
  for (const one of [inflate, deflate, under]) one.on('error', (error) => over.destroy(error))
  under.on('close', () => over.destroy())
  under.pipe(inflate)
  deflate.pipe(under)
  return over
}
