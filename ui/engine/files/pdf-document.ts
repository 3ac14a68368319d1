import { useEffect, useState } from 'react'
import { getDocument, GlobalWorkerOptions } from 'pdfjs-dist'
import type { PDFDocumentProxy } from 'pdfjs-dist'
// oxlint-disable-next-line import/default -- the bundler's `?url` import answers the file's address
import workerUrl from 'pdfjs-dist/build/pdf.worker.min.mjs?url'

GlobalWorkerOptions.workerSrc = workerUrl

type State = { readonly document: PDFDocumentProxy | null; readonly failed: boolean }

/** Opens a PDF and closes it again with the page. */
export function usePdf(address: string): State {
  const [state, setState] = useState<State>({ document: null, failed: false })
  useEffect(() => {
    // No evaluation of strings: the pages run under `script-src 'self'`.
    const task = getDocument({ url: address, isEvalSupported: false })
    task.promise.then((document) => setState({ document, failed: false }), () => setState({ document: null, failed: true }))
    return () => void task.destroy()
  }, [address])
  return state
}
