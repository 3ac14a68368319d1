import type { RecordDetailWire } from '#kit/wire/record.ts'
import { StateTag, UrgencyTag } from '#ui/components/tag.tsx'
import { asText } from '#ui/engine/fields/props.ts'
import { officialDate } from '../../layout/text.ts'

/** From whom, under which number, by when; and what the office proposes, which is what a leader decides about. */
export function Summary({ record, writesProposal }: { readonly record: RecordDetailWire; readonly writesProposal: boolean }) {
  const { values, title, state, stateLabel, number } = record
  const [sender, senderNumber, dueOn, proposal] = [asText(values['sender']), asText(values['senderNumber']), asText(values['dueOn']), asText(values['proposal'])]
  const facts = [['来文', [sender, senderNumber].filter((part) => part !== '').join('　')], ['收文编号', number ?? ''], ['办理时限', dueOn === '' ? '' : officialDate(dueOn)]] as const
  return (
    <section className="p-card p-pad p-facts" aria-label="来文">
      <h2>{title}</h2>
      <p className="p-facts-note"><UrgencyTag urgency={asText(values['urgency'])} /><StateTag state={state} label={stateLabel} /></p>
      <dl>{facts.map(([label, text]) => text !== '' && <div key={label}><dt>{label}</dt><dd>{text}</dd></div>)}</dl>
      {proposal !== '' && !writesProposal && <blockquote className="p-proposal"><span className="quiet">拟办意见</span><p>{proposal}</p></blockquote>}
    </section>
  )
}
