import type { MailDayWire } from '../../statistics-api.ts'
import { sizeText } from '#ui/lib/size.ts'

const number = (value: number): string => value.toLocaleString()
const seconds = (value: number): string => (value < 60 ? `${value.toFixed(1)} 秒` : value < 3_600 ? `${(value / 60).toFixed(1)} 分钟` : `${(value / 3_600).toFixed(1)} 小时`)

/** What can be drawn of each day: its name, its value, and how that is written. */
export const MEASURES = {
  received: { label: '收到', value: (day: MailDayWire) => day.received, text: (value: number) => `${number(value)} 封` },
  sent: { label: '发出', value: (day: MailDayWire) => day.sent, text: (value: number) => `${number(value)} 封` },
  octets: { label: '收到大小', value: (day: MailDayWire) => day.receivedOctets, text: sizeText },
  refused: { label: '拒收', value: (day: MailDayWire) => day.refused, text: (value: number) => `${number(value)} 个收件人` },
  infected: { label: '病毒', value: (day: MailDayWire) => day.infected, text: (value: number) => `${number(value)} 个收件人` },
  spam: { label: '垃圾邮件', value: (day: MailDayWire) => day.spam, text: (value: number) => `${number(value)} 个收件人` },
  bounced: { label: '未能送达', value: (day: MailDayWire) => day.bounced, text: (value: number) => `${number(value)} 个收件人` },
  queue: { label: '外发等待', value: (day: MailDayWire) => day.queueMost ?? 0, text: seconds },
  used: { label: '占用', value: (day: MailDayWire) => day.used ?? 0, text: sizeText },
} as const
export type Measure = keyof typeof MEASURES

/** Labels under the bars: as many as have room. */
const MOST_LABELS = 10
/** With few bars each has its number on it. */
const MOST_NUMBERS = 16

/** One bar for each day, with the largest named; the table beside it says the same in words. */
export function DayChart({ days, measure }: { readonly days: readonly MailDayWire[]; readonly measure: Measure }) {
  const { label, value, text } = MEASURES[measure]
  const most = Math.max(0, ...days.map(value))
  const step = Math.max(1, Math.ceil(days.length / MOST_LABELS))
  const peak = days.findIndex((day) => value(day) === most)
  return (
    <figure className="mail-days-chart" role="img" aria-label={`每天${label}，最多 ${text(most)}`} data-dense={days.length > 60 || undefined}>
      <span className="mail-axis faint">{text(most)}</span>
      <div className="mail-bars">{days.map((day, index) => (
        <div key={day.date} title={`${day.date}：${text(value(day))}`} data-peak={(most > 0 && index === peak) || undefined}>
          <b>{days.length <= MOST_NUMBERS && value(day) > 0 ? text(value(day)) : ''}</b><i style={{ height: `${most === 0 ? 0 : (value(day) / most) * 100}%` }} />
        </div>
      ))}</div>
      <div className="mail-dates faint">{days.map(({ date }, index) => <span key={date}>{index % step === 0 && (days.length > 300 ? date.slice(0, 7) : date.slice(5))}</span>)}</div>
    </figure>
  )
}

/** Values by name, longest bar first. */
export function NamedBars({ label, items, empty }: { readonly label: string; readonly items: readonly { readonly key: string; readonly label: string; readonly n: number; readonly note?: string }[]; readonly empty: string }) {
  const most = Math.max(1, ...items.map(({ n }) => n))
  if (items.every(({ n }) => n === 0)) return <p className="state-small faint">{empty}</p>
  return (
    <table className="mail-named" aria-label={label}><tbody>{items.map((item) => (
      <tr key={item.key}><th scope="row" title={item.label}>{item.label}</th><td><i style={{ width: `${(item.n / most) * 100}%` }} /></td><td data-right>{number(item.n)}{item.note !== undefined && <span className="faint"> {item.note}</span>}</td></tr>
    ))}</tbody></table>
  )
}
