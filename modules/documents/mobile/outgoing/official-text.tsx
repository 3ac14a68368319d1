import type { CSSProperties } from 'react'
import type { RecordDetailWire } from '#kit/wire/record.ts'
import { useFiles } from '#ui/api/files.ts'
import { asIds, asText } from '#ui/engine/fields/props.ts'
import { UrgencyTag } from '#ui/components/tag.tsx'
import { charWidth, officialDate } from '../../layout/text.ts'
import { BodyView } from '../../web/body/body-view.tsx'
import { bodyOf } from '../../web/body/stored.ts'
import { useHead } from '../../web/outgoing/queries.ts'

const SUFFIX: Readonly<Record<string, string>> = { document: '文件' }

const titleOfFile = (name: string): string => name.replace(/\.[^.]{1,8}$/u, '')

/** The red head: who issues it, under which number, and who signs what goes up. */
function RedHead({ record, organ }: { readonly record: RecordDetailWire; readonly organ: string }) {
  const { values, number, labels } = record
  const mark = organ === '' ? '\u3000' : organ + (SUFFIX[asText(values['format'])] ?? '')
  const signer = values['direction'] === 'up' ? labels[asText(values['signer'])] : undefined
  return (
    <header className="p-redhead">
      <p className="p-mark" style={{ '--letters': Math.max(6, charWidth(mark)) } as CSSProperties}>{mark}</p>
      <p className="p-redline"><UrgencyTag urgency={asText(values['urgency'])} /><span>{number ?? '（待编号）'}</span>{signer !== undefined && <span>签发人：{signer}</span>}</p>
    </header>
  )
}

/** 「某单位」「关于……的通知」: a title breaks best before 关于. */
export function titleParts(title: string): readonly string[] {
  const at = title.indexOf('关于')
  return at > 0 ? [title.slice(0, at), title.slice(at)] : [title]
}

function AttachmentNote({ ids }: { readonly ids: readonly string[] }) {
  const items = useFiles(ids).data?.items ?? []
  if (items.length === 0) return null
  return <p className="p-attachment-note">附件：{items.map(({ id, name }, index) => <span key={id}>{items.length > 1 && `${index + 1}. `}{titleOfFile(name)}</span>)}</p>
}

/** An official document set for the phone: everything the printed page says, in the order in which it says it (GB/T 9704-2012, 7). */
export function OfficialText({ record }: { readonly record: RecordDetailWire }) {
  const { values } = record
  const organ = useHead(record.id).data?.organ ?? ''
  const { blocks, numberStyle = 'standard' } = bodyOf(values['body'])
  const [signedOn, note, copies, addressees] = [asText(values['signedOn']), asText(values['note']), asText(values['copies']), asText(values['addressees'])]
  return (
    <article className="p-card p-official" aria-label="正文">
      <RedHead record={record} organ={organ} />
      <h2>{titleParts(record.title).map((part) => <span key={part}>{part}</span>)}</h2>
      {addressees !== '' && <p>{addressees}：</p>}
      <BodyView blocks={blocks} numberStyle={numberStyle} />
      <AttachmentNote ids={asIds(values['attachments'])} />
      {values['format'] !== 'minutes' && <p className="p-signed"><span>{organ}</span><span>{signedOn === '' ? '（签发后填写日期）' : officialDate(signedOn)}</span></p>}
      {note !== '' && <p className="p-note-line">（{note}）</p>}
      {copies !== '' && <p className="p-copies">抄送：{copies}</p>}
    </article>
  )
}
