import { useFiles, fileAddress } from '#ui/api/files.ts'
import { Empty } from '#ui/components/quiet.tsx'
import { Tag } from '#ui/components/tag.tsx'
import { previewKind } from '#ui/engine/files/preview-kind.ts'
import { momentText } from '#ui/lib/moment.ts'
import { useNow } from '#ui/lib/use-now.ts'
import { FileList } from '#ui/phone/files/file-list.tsx'
import { Loaded } from '#ui/phone/frame/states.tsx'
import { PdfPages, PdfWords } from '#ui/phone/reader/document-reader.tsx'
import { DrawnPages } from '#ui/phone/reader/drawn-pages.tsx'
import { useReadings, useSheet } from '../../web/queries.ts'

/** The received text: of a PDF its words or its pages, any other file opened by the phone. */
export const ReceivedText = ({ id, as }: { readonly id: string; readonly as: 'words' | 'pages' }) => (
  <Loaded of={useFiles([id])} lines={10}>
    {({ items: [file] }) => {
      if (file === undefined || previewKind(file.mime) !== 'pdf') return <div className="p-card p-pad"><FileList ids={[id]} /></div>
      return as === 'pages' ? <PdfPages address={fileAddress(id)} /> : <section className="p-card" aria-label="来文正文"><PdfWords address={fileAddress(id)} /></section>
    }}
  </Loaded>
)

export const SheetPages = ({ id }: { readonly id: string }) => <Loaded of={useSheet(id)} lines={10}>{({ title, pages }) => <DrawnPages title={title} pages={pages} />}</Loaded>

/** Who got a reading copy, who has read it, and what was said. */
export function Readings({ id }: { readonly id: string }) {
  const now = useNow()
  return (
    <Loaded of={useReadings(id)} lines={6}>
      {({ items }) => items.length === 0 ? <Empty title="还没有传阅">拟办或批示时选了传阅人员，传阅后在这里看谁已阅。</Empty> : (
        <>
          <p className="p-heading">共 {items.length} 人，已阅 {items.filter(({ readAt }) => readAt !== null).length} 人</p>
          <ul className="p-card">
            {items.map(({ personId, name, sentAt, readAt, opinion }) => (
              <li key={`${personId}:${sentAt}`} className="p-row">
                <span className="p-person grow"><strong>{name}</strong><span className="quiet">{readAt === null ? `${momentText(sentAt, now)} 送阅` : `${momentText(readAt, now)} 阅${opinion === null || opinion === '' ? '' : `：${opinion}`}`}</span></span>
                <Tag tone={readAt === null ? 'amber' : 'green'}>{readAt === null ? '未阅' : '已阅'}</Tag>
              </li>
            ))}
          </ul>
        </>
      )}
    </Loaded>
  )
}
