import { DownloadOutlined } from '@ant-design/icons'
import type { FileWire } from '#kit/wire/others.ts'
import { fileAddress } from '#ui/api/files.ts'
import { previewKind } from '#ui/engine/files/preview-kind.ts'
import { Sheet } from '../frame/sheet.tsx'
import { DocumentReader } from '../reader/document-reader.tsx'

/** A file over the whole page. */
export const FilePreview = ({ file, close }: { readonly file: FileWire; readonly close: () => void }) => (
  <Sheet title={file.name} close={close} full foot={<a className="p-button grow" href={fileAddress(file.id, true)} download={file.name}><DownloadOutlined aria-hidden /> 下载</a>}>
    {previewKind(file.mime) === 'pdf'
      ? <DocumentReader address={fileAddress(file.id)} />
      : <img className="p-image" src={fileAddress(file.id)} alt={file.name} />}
  </Sheet>
)
