import { isMissing, messageOf } from '#ui/api/failure.ts'
import { fileAddress } from '#ui/api/files.ts'
import { Empty } from '#ui/components/quiet.tsx'
import { Tag } from '#ui/components/tag.tsx'
import { Loaded } from '#ui/phone/frame/states.tsx'
import { DrawnPages } from '#ui/phone/reader/drawn-pages.tsx'
import { PdfPages } from '#ui/phone/reader/document-reader.tsx'
import { Folded } from '#ui/phone/record/folded.tsx'
import { DELIVERY_STATES, lastOf, summaryOf } from '../../web/outgoing/delivered.ts'
import { useChecks, useDeliveries, useDeliveryAct, useNextNumber, useOutgoingSheet, usePreview } from '../../web/outgoing/queries.ts'

/** The pages as they were issued, or as they will be printed. */
export const PrintedPages = ({ id, pdf }: { readonly id: string; readonly pdf: string | undefined }) =>
  pdf === undefined ? <Drawn id={id} /> : <PdfPages address={fileAddress(pdf)} />

const Drawn = ({ id }: { readonly id: string }) => <Loaded of={usePreview(id)} lines={10}>{({ pages }) => <DrawnPages title="正文" pages={pages} />}</Loaded>

export const SheetPages = ({ id }: { readonly id: string }) => <Loaded of={useOutgoingSheet(id)} lines={10}>{({ title, pages }) => <DrawnPages title={title} pages={pages} />}</Loaded>

const STOP = 'stop'

/** What the drafting rules find, what must be mended first. */
export function Checks({ id }: { readonly id: string }) {
  const findings = useChecks(id).data?.findings ?? []
  if (findings.length === 0) return null
  const stops = findings.filter(({ severity }) => severity === STOP)
  const note = `${stops.length > 0 ? `${stops.length} 处须改，` : ''}${findings.length - stops.length} 处提示`
  return (
    <Folded title="拟稿检查" note={note}>
      <ul className="p-findings">
        {[...stops, ...findings.filter(({ severity }) => severity !== STOP)].map(({ rule, severity, message }, index) => (
          <li key={`${rule}:${index}`}><Tag tone={severity === STOP ? 'seal' : 'amber'}>{severity === STOP ? '须改' : '提示'}</Tag><span>{message}</span></li>
        ))}
      </ul>
    </Folded>
  )
}

/** The number the document gets unless another is filled in. */
export const NextNumber = ({ id }: { readonly id: string }) => (
  <Loaded of={useNextNumber(id)} lines={1}>{({ text }) => <p className="p-card p-pad"><span className="quiet">下一个发文字号</span> <strong>{text}</strong><br /><span className="faint">“发文序号”留空即取此号</span></p>}</Loaded>
)

/** Where the document went and how far it is there; those who have not signed for it can be urged. */
export function Deliveries({ id }: { readonly id: string }) {
  const found = useDeliveries(id)
  const urge = useDeliveryAct<{ outgoingId: string }>(id, 'urge')
  if (isMissing(found.error)) return <Empty title="没有系统内分发的单位">此件未在系统内分发，或由其他单位分发。</Empty>
  return (
    <Loaded of={found} lines={6}>
      {({ items, may }) => (
        <>
          <p className="p-heading">{summaryOf(items)}</p>
          <ul className="p-card">
            {items.map((item) => {
              const { text, tone } = DELIVERY_STATES[item.state]
              return <li key={item.id} className="p-row"><span className="p-person grow"><strong>{item.organisationName}</strong><span className="quiet">{item.role === 'main' ? '主送' : '抄送'} · {lastOf(item)}</span></span><Tag tone={tone}>{text}</Tag></li>
            })}
          </ul>
          {urge.error !== null && <p className="p-alert" role="alert">{messageOf(urge.error)}</p>}
          {may.includes('urge') && <button type="button" className="p-button p-out" disabled={urge.isPending} onClick={() => urge.mutate({ outgoingId: id })}>催促未签收的单位</button>}
        </>
      )}
    </Loaded>
  )
}
