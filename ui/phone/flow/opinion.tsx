import { TextArea } from 'antd-mobile'
import { PhraseChips } from './phrase-chips.tsx'

interface Props {
  readonly value: string
  readonly change: (opinion: string) => void
  readonly required?: boolean
  readonly rows?: number
}

/** The opinion and the common phrases that fill it. */
export const Opinion = ({ value, change, required = false, rows = 1 }: Props) => (
  <div className="p-opinion">
    <PhraseChips opinion={value} use={change} />
    <TextArea aria-label="意见" className="p-textarea" placeholder={required ? '填写意见（必填）' : '填写意见'} value={value} onChange={change} rows={rows} autoSize={{ minRows: rows, maxRows: 5 }} maxLength={1000} />
  </div>
)
