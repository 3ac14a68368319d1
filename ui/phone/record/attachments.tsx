import { FileList } from '../files/file-list.tsx'

/** What came with the text, opened in place. */
export const Attachments = ({ ids }: { readonly ids: readonly string[] }) => ids.length === 0 ? null : (
  <section className="p-card p-pad" aria-label="附件"><h2>附件 {ids.length}</h2><FileList ids={ids} /></section>
)
