import { Loaded } from '#ui/components/states.tsx'
import { sizeText } from '#ui/lib/size.ts'
import { type StatisticsWire, useStatistics } from '../commands.ts'

/** Messages of each day as bars with their numbers; the table below says the same in words. */
function Chart({ days }: { readonly days: StatisticsWire['days'] }) {
  const most = Math.max(1, ...days.map(({ messages }) => messages))
  return (
    <div className="mail-chart" role="img" aria-label={`近 30 天每天到达的邮件，最多一天 ${most} 封`}>
      {days.map(({ date, messages, octets }, index) => <div key={date} title={`${date}：${messages} 封，${sizeText(octets)}`}><span>{messages > 0 ? messages : ''}</span><i style={{ height: `${(messages / most) * 100}px` }} /><span>{index % 5 === 0 ? date.slice(5) : ' '}</span></div>)}
    </div>
  )
}

/** How much mail there is, how it comes in, and whose mailboxes are fullest. */
export const Statistics = () => (
  <Loaded of={useStatistics()} lines={10}>
    {({ accounts, kept, messages, used, stored, days, largest }) => (
      <>
        <section className="card" aria-label="合计"><dl className="mail-sums">
          <div><dt>邮箱</dt><dd>{accounts}</dd></div><div><dt>其中已离任保留</dt><dd>{kept}</dd></div><div><dt>邮件</dt><dd>{messages.toLocaleString()}</dd></div><div><dt>占用配额</dt><dd>{sizeText(used)}</dd></div><div><dt>实际存储（相同邮件只存一份）</dt><dd>{sizeText(stored)}</dd></div>
        </dl></section>
        <section className="card" aria-label="近 30 天"><header className="card-head"><h2>近 30 天到达的邮件（封）</h2></header><Chart days={days} /></section>
        <section className="card" aria-label="占用最多的邮箱"><header className="card-head"><h2>占用最多的邮箱</h2></header><div className="mail-wide"><table className="grid">
          <thead><tr><th>邮箱</th><th>地址</th><th data-right>已用</th><th data-right>容量</th><th data-right>比例</th></tr></thead>
          <tbody>{largest.map(({ id, name, address, used: full, quota }) => <tr key={id}><td>{name}</td><td title={address}>{address}</td><td data-right>{sizeText(full)}</td><td data-right>{sizeText(quota)}</td><td data-right>{quota === 0 ? '—' : `${((full / quota) * 100).toFixed(1)}%`}</td></tr>)}</tbody>
        </table></div></section>
      </>
    )}
  </Loaded>
)
