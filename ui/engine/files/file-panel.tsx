import { useRef, useState } from 'react'
import { Button } from 'antd'
import { CloseOutlined, DownloadOutlined, PaperClipOutlined, UploadOutlined } from '@ant-design/icons'
import type { Labels } from '#kit/fields/field.ts'
import type { FileWire } from '#kit/wire/others.ts'
import { fileAddress, useFiles } from '#ui/api/files.ts'
import { sizeText } from '#ui/lib/size.ts'
import { later } from '#ui/lib/later.tsx'
import { SendingLine } from './sending-line.tsx'
import { useUploads } from './use-uploads.ts'
import { canPreview } from './preview-kind.ts'
import './files.css'

const Preview = later(async () => ({ default: (await import('./preview.tsx')).Preview }))

interface Props {
  readonly id?: string
  readonly ids: readonly string[]
  readonly most?: number
  /** Without it the panel only shows. */
  readonly change?: (ids: readonly string[], names: Labels) => void
}

function FileLine({ file, open, drop }: { readonly file: FileWire; readonly open: () => void; readonly drop?: (() => void) | undefined }) {
  return (
    <li className="file-line">
      <PaperClipOutlined aria-hidden className="faint" />
      {canPreview(file.mime)
        ? <button type="button" className="plain file-name cut" onClick={open} title={file.name}>{file.name}</button>
        : <a className="file-name cut" href={fileAddress(file.id, true)} download={file.name} title={file.name}>{file.name}</a>}
      <span className="faint file-size">{sizeText(file.size)}</span>
      <Button type="text" size="small" icon={<DownloadOutlined />} href={fileAddress(file.id, true)} aria-label={`下载 ${file.name}`} />
      {drop && <Button type="text" size="small" icon={<CloseOutlined />} onClick={drop} aria-label={`移除 ${file.name}`} />}
    </li>
  )
}

/** Attachments: read, preview and download; with `change` also add by button or drag, with progress and cancel. */
export function FilePanel({ id, ids, most = 20, change }: Props) {
  const { data } = useFiles(ids)
  const [shown, setShown] = useState<FileWire | null>(null)
  const [over, setOver] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const current = useRef(ids)
  current.current = ids
  const uploads = useUploads((file) => {
    current.current = [...current.current, file.id]
    change?.(current.current, { [file.id]: file.name })
  })
  const room = most - ids.length - uploads.sending.length
  const add = (list: FileList | null): void => uploads.add([...(list ?? [])].slice(0, Math.max(0, room)))
  return (
    <div
      className="files" data-over={over || undefined}
      {...(change && {
        onDragOver: (event) => { event.preventDefault(); setOver(true) },
        onDragLeave: () => setOver(false),
        onDrop: (event) => { event.preventDefault(); setOver(false); add(event.dataTransfer.files) },
      })}
    >
      {change && (
        <div className="row">
          <Button id={id} icon={<UploadOutlined />} disabled={room <= 0} onClick={() => input.current?.click()}>上传附件</Button>
          <span className="faint">可拖到此处，最多 {most} 个</span>
          <input ref={input} type="file" multiple hidden onChange={(event) => { add(event.target.files); event.target.value = '' }} />
        </div>
      )}
      <ul>
        {(data?.items ?? []).filter((file) => ids.includes(file.id)).map((file) => (
          <FileLine key={file.id} file={file} open={() => setShown(file)} drop={change && (() => change(ids.filter((one) => one !== file.id), {}))} />
        ))}
        {uploads.sending.map(({ key, ...one }) => <SendingLine key={key} {...one} cancel={() => uploads.drop(key)} />)}
      </ul>
      {shown !== null && <Preview file={shown} close={() => setShown(null)} />}
    </div>
  )
}
