import { LongText } from '../fields/long-text.tsx'
import { PhraseChips } from './phrase-chips.tsx'

interface Props {
  readonly value: string
  readonly change: (opinion: string) => void
  readonly required?: boolean
  readonly rows?: number
  readonly refusing?: boolean
  /** The area of the form in which it will stand. */
  readonly area?: string | null
}

/** The opinion and the common phrases that fill it. */
export const Opinion = ({ value, change, required = false, rows = 1, refusing = false, area = null }: Props) => (
  <div className="p-opinion">
    <PhraseChips opinion={value} use={change} refusing={refusing} />
    <LongText label="意见" placeholder={`填写意见${required ? '（必填）' : ''}${area === null ? '' : `，载入“${area}”`}`} value={value} change={change} rows={rows} max={1000} />
  </div>
)
