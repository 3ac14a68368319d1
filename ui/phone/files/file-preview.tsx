import { lazy, Suspense } from 'react'
import { DownloadOutlined } from '@ant-design/icons'
import type { FileWire } from '#kit/wire/others.ts'
import { fileAddress } from '#ui/api/files.ts'
import { Loading } from '#ui/components/quiet.tsx'
import { previewKind } from '#ui/engine/files/preview-kind.ts'
import { Sheet } from '../frame/sheet.tsx'

const PdfReader = lazy(async () => ({ default: (await import('../reader/pdf-reader.tsx')).PdfReader }))

/** A file over the whole page. */
export const FilePreview = ({ file, close }: { readonly file: FileWire; readonly close: () => void }) => (
  <Sheet title={file.name} close={close} full foot={<a className="p-button grow" href={fileAddress(file.id, true)} download={file.name}><DownloadOutlined aria-hidden /> 下载</a>}>
    {previewKind(file.mime) === 'pdf'
      ? <Suspense fallback={<Loading lines={10} />}><PdfReader address={fileAddress(file.id)} /></Suspense>
      : <img className="p-image" src={fileAddress(file.id)} alt={file.name} />}
  </Sheet>
)
