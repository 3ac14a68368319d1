import { Button, Modal } from 'antd'
import { DownloadOutlined } from '@ant-design/icons'
import type { FileWire } from '#kit/wire/others.ts'
import { fileAddress } from '#ui/api/files.ts'
import { Loading } from '#ui/components/states.tsx'
import { later } from '#ui/lib/later.tsx'
import { previewKind } from './preview-kind.ts'

const PdfViewer = later(async () => ({ default: (await import('./pdf-viewer.tsx')).PdfViewer }), <Loading lines={10} />)

/** A file over the page, at its full size; Escape closes. */
export function Preview({ file, close }: { readonly file: FileWire; readonly close: () => void }) {
  const title = (
    <span className="row" style={{ paddingRight: 36 }}>
      <span className="cut grow">{file.name}</span>
      <Button icon={<DownloadOutlined />} href={fileAddress(file.id, true)}>下载</Button>
    </span>
  )
  return (
    <Modal open title={title} onCancel={close} footer={null} width="min(1040px, 94vw)" centered styles={{ body: { height: '80vh', overflow: 'hidden', display: 'grid' } }} destroyOnHidden>
      {previewKind(file.mime) === 'pdf'
        ? <PdfViewer address={fileAddress(file.id)} />
        : <div className="image-preview"><img src={fileAddress(file.id)} alt={file.name} /></div>}
    </Modal>
  )
}
