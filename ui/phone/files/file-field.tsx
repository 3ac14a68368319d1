import { useRef } from 'react'
import { CloseOutlined, UploadOutlined } from '@ant-design/icons'
import type { Labels } from '#kit/fields/field.ts'
import { useUploads } from '#ui/engine/files/use-uploads.ts'
import type { Sending } from '#ui/engine/files/use-uploads.ts'
import { FileList } from './file-list.tsx'

interface Props {
  readonly id: string
  readonly ids: readonly string[]
  readonly most: number
  readonly change: (ids: readonly string[], names: Labels) => void
}

const SendingLine = ({ one, cancel }: { readonly one: Sending; readonly cancel: () => void }) => (
  <li role="status">
    <span className="p-file"><span className="cut grow">{one.name}</span>{one.problem === null ? <progress value={one.part} aria-label={`正在上传 ${one.name}`} /> : <span className="problem">{one.problem}</span>}</span>
    <button type="button" className="plain p-touch" aria-label={one.problem === null ? `取消上传 ${one.name}` : `移除 ${one.name}`} onClick={cancel}><CloseOutlined /></button>
  </li>
)

/** Adds files from the phone's camera, album or folders, with progress and cancel. */
export function FileField({ id, ids, most, change }: Props) {
  const input = useRef<HTMLInputElement>(null)
  const current = useRef(ids)
  current.current = ids
  const uploads = useUploads((file) => {
    current.current = [...current.current, file.id]
    change(current.current, { [file.id]: file.name })
  })
  const room = most - ids.length - uploads.sending.length
  return (
    <div>
      <FileList ids={ids} drop={(gone) => change(ids.filter((one) => one !== gone), {})} />
      <ul className="p-files">{uploads.sending.map((one) => <SendingLine key={one.key} one={one} cancel={() => uploads.drop(one.key)} />)}</ul>
      <button type="button" id={id} className="p-button p-upload" disabled={room <= 0} onClick={() => input.current?.click()}><UploadOutlined aria-hidden /> 拍照或选择文件</button>
      <input ref={input} type="file" multiple hidden onChange={(event) => { uploads.add([...(event.target.files ?? [])].slice(0, Math.max(0, room))); event.target.value = '' }} />
    </div>
  )
}
