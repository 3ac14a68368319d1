import { useState } from 'react'
import { Button, DatePicker, Segmented, Select } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { Loaded } from '#ui/components/states.tsx'
import { useExport } from '#ui/engine/list/use-export.ts'
import { exactMoment } from '#ui/lib/moment.ts'
import { sizeText } from '#ui/lib/size.ts'
import type { StatisticsWire } from '../../statistics-api.ts'
import { type Period, statisticsSheet, useStatistics } from '../statistics-queries.ts'
import { DayChart, type Measure, MEASURES, NamedBars } from './day-chart.tsx'

const DAY = 'YYYY-MM-DD'
const presets = () => [7, 30, 90, 365].map((days) => ({ label: days === 365 ? '近一年' : `近 ${days} 天`, value: [dayjs().subtract(days - 1, 'day'), dayjs()] as [Dayjs, Dayjs] }))

const Sums = ({ data: { sums, accounts, kept, messages, used, stored } }: { readonly data: StatisticsWire }) => (
  <section className="card" aria-label="合计"><dl className="mail-sums">
    <div><dt>收到</dt><dd>{sums.received.toLocaleString()}</dd></div><div><dt>发出</dt><dd>{sums.sent.toLocaleString()}</dd></div><div><dt>投递到外部（收件人）</dt><dd>{sums.relayed.toLocaleString()}</dd></div><div><dt>未能送达</dt><dd>{sums.bounced.toLocaleString()}</dd></div><div><dt>拒收</dt><dd>{sums.refused.toLocaleString()}</dd></div><div><dt>病毒</dt><dd>{sums.infected.toLocaleString()}</dd></div><div><dt>垃圾邮件</dt><dd>{sums.spam.toLocaleString()}</dd></div>
    <div><dt>现有邮箱</dt><dd>{accounts.toLocaleString()}{kept > 0 && <span className="faint mail-small">（离任 {kept}）</span>}</dd></div><div><dt>现有邮件</dt><dd>{messages.toLocaleString()}</dd></div><div><dt>占用配额</dt><dd>{sizeText(used)}</dd></div><div title="相同的邮件只存一份"><dt>实际存储</dt><dd>{stored === 0 ? '—' : sizeText(stored)}</dd></div>
  </dl></section>
)

/** A row for each day, last one first. */
const DayTable = ({ days }: { readonly days: StatisticsWire['days'] }) => (
  <div className="mail-wide mail-days-table"><table className="grid" aria-label="每天">
    <thead><tr><th>日期</th>{Object.values(MEASURES).map(({ label }) => <th key={label} data-right>{label}</th>)}</tr></thead>
    <tbody>{days.toReversed().map((day) => <tr key={day.date}><td>{day.date}</td>{Object.entries(MEASURES).map(([key, { value, text }]) => <td key={key} data-right>{value(day) === 0 ? '—' : text(value(day))}</td>)}</tr>)}</tbody>
  </table></div>
)

function Days({ days }: { readonly days: StatisticsWire['days'] }) {
  const [measure, setMeasure] = useState<Measure>('received')
  const [table, setTable] = useState(false)
  return (
    <section className="card" aria-label="每天">
      <header className="card-head"><h2>每天</h2>
        {!table && <Segmented aria-label="指标" value={measure} options={Object.entries(MEASURES).map(([value, { label }]) => ({ value: value as Measure, label }))} onChange={setMeasure} />}
        <Segmented aria-label="显示方式" value={table ? 'table' : 'chart'} options={[{ value: 'chart', label: '图' }, { value: 'table', label: '表' }]} onChange={(way) => setTable(way === 'table')} />
      </header>
      {table ? <DayTable days={days} /> : <DayChart days={days} measure={measure} />}
    </section>
  )
}

const named = (items: StatisticsWire['senders']) => items.map(({ address, messages, octets }) => ({ key: address, label: address, n: messages, note: sizeText(octets) }))

const Parts = ({ data: { refusals, sizes, signIns, senders, recipients } }: { readonly data: StatisticsWire }) => (
  <div className="mail-parts">
    <section className="card" aria-label="拒收原因"><header className="card-head"><h2>拒收原因</h2></header><NamedBars label="拒收原因" items={refusals} empty="所选期间没有拒收的邮件" /></section>
    <section className="card" aria-label="邮件大小"><header className="card-head"><h2>邮件大小（封）</h2></header><NamedBars label="邮件大小" items={sizes} empty="所选期间没有邮件" /></section>
    <section className="card" aria-label="客户端登录"><header className="card-head"><h2>客户端登录（次）</h2></header><NamedBars label="客户端登录" items={signIns.map((one) => ({ ...one, ...(one.failed > 0 && { note: `失败 ${one.failed.toLocaleString()}` }) }))} empty="所选期间没有人用客户端登录" /></section>
    <section className="card" aria-label="发信最多"><header className="card-head"><h2>发信最多</h2></header><NamedBars label="发信最多" items={named(senders.slice(0, 10))} empty="所选期间没有人发信" /></section>
    <section className="card" aria-label="收信最多"><header className="card-head"><h2>收信最多</h2></header><NamedBars label="收信最多" items={named(recipients.slice(0, 10))} empty="所选期间没有收到邮件" /></section>
  </div>
)

const Largest = ({ largest }: { readonly largest: StatisticsWire['largest'] }) => (
  <section className="card" aria-label="占用最多的邮箱"><header className="card-head"><h2>占用最多的邮箱</h2></header><div className="mail-wide"><table className="grid">
    <thead><tr><th>邮箱</th><th>地址</th><th data-right>已用</th><th data-right>容量</th><th data-right>比例</th></tr></thead>
    <tbody>{largest.map(({ id, name, address, used, quota }) => <tr key={id}><td>{name}</td><td title={address}>{address}</td><td data-right>{sizeText(used)}</td><td data-right>{sizeText(quota)}</td><td data-right>{quota === 0 ? '—' : `${((used / quota) * 100).toFixed(1)}%`}</td></tr>)}</tbody>
  </table></div></section>
)

/** What mail came in and went out, what was refused and why, and how the store grows. */
export function Statistics() {
  const [period, setPeriod] = useState<Period>({ from: dayjs().subtract(29, 'day').format(DAY), to: dayjs().format(DAY), domain: '' })
  const found = useStatistics(period)
  const countedAt = found.data?.countedAt ?? null
  const { bytes, problem, start, stop } = useExport(statisticsSheet(period), `邮件统计 ${period.from} 至 ${period.to}.xlsx`)
  return (
    <>
      <div className="row mail-filters" role="search">
        <DatePicker.RangePicker aria-label="统计期间" allowClear={false} presets={presets()} maxDate={dayjs()} value={[dayjs(period.from), dayjs(period.to)]} onChange={(range) => { if (range?.[0] && range[1]) setPeriod({ ...period, from: range[0].format(DAY), to: range[1].format(DAY) }) }} />
        <Select aria-label="域名" placeholder="全部域名" allowClear style={{ width: 220 }} value={period.domain || undefined} options={(found.data?.domains ?? []).map((name) => ({ value: name, label: name }))} onChange={(domain?: string) => setPeriod({ ...period, domain: domain ?? '' })} />
        <span className="grow" />
        {countedAt !== null && <span className="faint">统计至 {exactMoment(countedAt)}</span>}
        {problem !== null && <span className="problem" role="alert">{problem}</span>}
        {bytes === null ? <Button onClick={start}>导出 XLSX</Button> : <Button onClick={stop}>正在导出，取消</Button>}
      </div>
      <Loaded of={found} lines={10}>{(data) => <><Sums data={data} /><Days days={data.days} /><Parts data={data} /><Largest largest={data.largest} /></>}</Loaded>
    </>
  )
}
