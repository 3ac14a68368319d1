import { fileAddress, useFiles } from '#ui/api/files.ts'
import { Empty, Loaded, Loading } from '#ui/components/states.tsx'
import { Tag } from '#ui/components/tag.tsx'
import { FilePanel } from '#ui/engine/files/file-panel.tsx'
import { exactMoment } from '#ui/lib/moment.ts'
import { later } from '#ui/lib/later.tsx'
import { Pages } from '../pages.tsx'
import { useReadings, useSheet } from '../queries.ts'
import './incoming.css'

const PdfViewer = later(async () => ({ default: (await import('#ui/engine/files/pdf-viewer.tsx')).PdfViewer }), <Loading lines={10} />)

/** The received text page by page; other kinds of file are offered to be opened. */
export function ReceivedText({ ids }: { readonly ids: readonly string[] }) {
  const files = useFiles(ids)
  if (ids.length === 0) return <Empty title="没有正文">来文的正文尚未上传。</Empty>
  return (
    <Loaded of={files} lines={10}>
      {({ items }) => items.map((file) => (file.mime === 'application/pdf'
        ? <PdfViewer key={file.id} address={fileAddress(file.id)} />
        : <div key={file.id} className="card record-card"><FilePanel ids={[file.id]} /></div>))}
    </Loaded>
  )
}

export const Attachments = ({ ids }: { readonly ids: readonly string[] }) => <div className="card record-card"><FilePanel ids={ids} /></div>

/** The 处理单 as it stands now, as it will be printed. */
export const SheetView = ({ id }: { readonly id: string }) => (
  <Loaded of={useSheet(id)} lines={10}>
    {({ title, pages }) => <Pages title={title} pages={pages} />}
  </Loaded>
)

/** Who got a reading copy, who has read it, and what was said. */
export const Readings = ({ id }: { readonly id: string }) => (
  <Loaded of={useReadings(id)}>
    {({ items }) => items.length === 0 ? <Empty small title="还没有传阅" /> : (
      <div className="card record-card">
        <p className="quiet">共 {items.length} 人，已阅 {items.filter(({ readAt }) => readAt !== null).length} 人</p>
        <table className="readings">
          <thead><tr><th scope="col">姓名</th><th scope="col">情况</th><th scope="col">送阅时间</th><th scope="col">阅读时间</th><th scope="col">意见</th></tr></thead>
          <tbody>
            {items.map(({ personId, name, sentAt, readAt, opinion }) => (
              <tr key={`${personId}:${sentAt}`}>
                <td>{name}</td><td><Tag tone={readAt === null ? 'amber' : 'green'}>{readAt === null ? '未阅' : '已阅'}</Tag></td>
                <td>{exactMoment(sentAt)}</td><td>{readAt === null ? '—' : exactMoment(readAt)}</td><td>{opinion ?? ''}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    )}
  </Loaded>
)
