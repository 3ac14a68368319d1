import { InputNumber } from 'antd'

interface Props {
  readonly label: string
  readonly value: number | null
  readonly change: (days: number | null) => void
  readonly min?: number
  readonly placeholder?: string
}

const MOST = 366

/** Days in steps of half a day, without a needless `.0`. */
export const DaysInput = ({ label, value, change, min = 0.5, placeholder }: Props) => (
  <InputNumber
    aria-label={label} value={value} min={min} max={MOST} step={0.5} suffix="天" placeholder={placeholder} style={{ width: 104 }} onChange={change}
    formatter={(shown, { userTyping, input }) => (userTyping || shown === undefined ? input : String(shown).replace(/\.0$/, ''))}
  />
)
