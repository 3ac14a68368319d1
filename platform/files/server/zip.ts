import { openPromise } from 'yauzl'

const MOST_ENTRIES = 2000

/** Names in a ZIP container, the first 2,000; none when it is broken. */
export async function zipEntries(path: string): Promise<string[]> {
  const names: string[] = []
  try {
    const zip = await openPromise(path, { lazyEntries: true })
    for await (const { fileName } of zip.eachEntry()) if (names.push(fileName) >= MOST_ENTRIES) break
    zip.close()
  } catch {
    // Not a readable container: what was found so far is all there is to know.
  }
  return names
}

/** The beginning of one entry as text; null when it is not there. @param most bytes read, so that a bomb costs no more */
export async function zipText(path: string, name: string, most: number): Promise<string | null> {
  const zip = await openPromise(path, { lazyEntries: true })
  try {
    for await (const entry of zip.eachEntry()) {
      if (entry.fileName !== name) continue
      const parts: Buffer[] = []
      let size = 0
      for await (const part of await zip.openReadStreamPromise(entry)) {
        parts.push(part as Buffer)
        size += (part as Buffer).length
        if (size >= most) break
      }
      return Buffer.concat(parts).subarray(0, most).toString()
    }
    return null
  } finally {
    zip.close()
  }
}
