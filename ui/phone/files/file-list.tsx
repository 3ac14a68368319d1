import { useState } from 'react'
import { CloseOutlined, PaperClipOutlined } from '@ant-design/icons'
import type { FileWire } from '#kit/wire/others.ts'
import { fileAddress, useFiles } from '#ui/api/files.ts'
import { canPreview } from '#ui/engine/files/preview-kind.ts'
import { sizeText } from '#ui/lib/size.ts'
import { later } from '#ui/lib/later.tsx'

const FilePreview = later(async () => ({ default: (await import('./file-preview.tsx')).FilePreview }))

interface Props {
  readonly ids: readonly string[]
  readonly drop?: (id: string) => void
}

const Named = ({ file }: { readonly file: FileWire }) => <><PaperClipOutlined aria-hidden className="faint" /><span className="cut grow">{file.name}</span><span className="faint">{sizeText(file.size)}</span></>

/** Attachments: images and PDF open in the page, everything else in the phone's own programs. */
export function FileList({ ids, drop }: Props) {
  const { data } = useFiles(ids)
  const [shown, setShown] = useState<FileWire | null>(null)
  return (
    <ul className="p-files">
      {(data?.items ?? []).filter(({ id }) => ids.includes(id)).map((file) => (
        <li key={file.id}>
          {canPreview(file.mime)
            ? <button type="button" className="plain p-file" onClick={() => setShown(file)}><Named file={file} /></button>
            : <a className="p-file" href={fileAddress(file.id, true)} download={file.name}><Named file={file} /></a>}
          {drop && <button type="button" className="plain p-touch" aria-label={`移除 ${file.name}`} onClick={() => drop(file.id)}><CloseOutlined /></button>}
        </li>
      ))}
      {shown !== null && <FilePreview file={shown} close={() => setShown(null)} />}
    </ul>
  )
}
