import { Button, DatePicker, Select } from 'antd'
import dayjs from 'dayjs'
import type { Dayjs } from 'dayjs'
import type { FlowStatisticsWire, StatisticsLineWire } from '#kit/wire/flow-cockpit.ts'
import { statisticsSheet, useStatistics } from '#ui/api/flow-cockpit.ts'
import type { StatisticsQuery } from '#ui/api/flow-cockpit.ts'
import { Empty, Loaded } from '#ui/components/states.tsx'
import { useExport } from '#ui/engine/list/use-export.ts'
import type { Shared } from './runs.tsx'
import { useProcesses } from './version-pick.tsx'
import { hoursText, percentText } from './statistics-text.ts'

const DAY = 'YYYY-MM-DD'

const periods = () => [
  { label: '本月', value: [dayjs().startOf('month'), dayjs()] as [Dayjs, Dayjs] }, { label: '上月', value: [dayjs().subtract(1, 'month').startOf('month'), dayjs().subtract(1, 'month').endOf('month')] as [Dayjs, Dayjs] },
  { label: '近 90 天', value: [dayjs().subtract(89, 'day'), dayjs()] as [Dayjs, Dayjs] }, { label: '今年', value: [dayjs().startOf('year'), dayjs()] as [Dayjs, Dayjs] },
]

interface Row extends StatisticsLineWire {
  readonly process?: string
}

/** The bar shows the median, its lighter part how long nine of ten took at most. */
function Bar({ line: { median, p90 }, most }: { readonly line: Row; readonly most: number }) {
  const width = (hours: number): string => `${most === 0 ? 0 : Math.max(1, Math.round((hours / most) * 100))}%`
  return (
    <div className="flows-bar" role="img" aria-label={`中位 ${hoursText(median)}，九成在 ${hoursText(p90)}内`}>
      <span className="flows-bar-p90" style={{ width: width(p90) }} /><span className="flows-bar-median" style={{ width: width(median) }} />
    </div>
  )
}

const rate = (value: number): React.ReactNode => (value === 0 ? <span className="faint">—</span> : percentText(value))

interface LinesProps {
  readonly title: string
  readonly what: string
  readonly rows: readonly Row[]
  /** Counts one line alone. */
  readonly choose?: (key: string) => void
}

function Lines({ title, what, rows, choose }: LinesProps) {
  const most = Math.max(0, ...rows.map(({ p90 }) => p90))
  const grouped = rows.some(({ process }) => process !== undefined)
  return (
    <section aria-label={title}>
      <h2 className="flows-title">{title}</h2>
      <table className="grid">
        <thead><tr>{grouped && <th>流程</th>}<th>{what}</th><th data-right>办结数</th><th data-right>中位用时</th><th data-right>九成用时</th><th style={{ width: '26%' }}>用时分布</th><th data-right>逾期率</th><th data-right>退回率</th></tr></thead>
        <tbody>
          {rows.map((line) => (
            <tr key={`${line.process ?? ''} ${line.key}`}>
              {grouped && <td className="quiet">{line.process}</td>}
              <td>{choose === undefined ? line.label : <button type="button" className="plain flows-link" title={`只看${line.label}`} onClick={() => choose(line.key)}>{line.label || '（已撤销的单位）'}</button>}</td>
              <td data-right>{line.n}</td>
              <td data-right>{hoursText(line.median)}</td>
              <td data-right>{hoursText(line.p90)}</td>
              <td><Bar line={line} most={most} /></td>
              <td data-right>{rate(line.overdue)}</td>
              <td data-right>{rate(line.returned)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

const Tables = ({ data: { processes, steps, units }, change }: { readonly data: FlowStatisticsWire; readonly change: Shared['change'] }) =>
  steps.length === 0 && processes.length === 0 ? <Empty title="所选期间没有办结的环节">换一个期间，或去掉流程、单位条件。</Empty> : (
    <div className="list-scroll flows-plain">
      {processes.length > 0 && <Lines title="按流程（期间内办结的事项）" what="流程" rows={processes} choose={(entity) => change({ entity })} />}
      <Lines title="按环节" what="环节" rows={steps} />
      <Lines title="按发起单位" what="发起单位" rows={units} choose={(unit) => change({ unit })} />
      <p className="flows-note quiet">用时按自然时间计算。深色为中位用时，浅色为九成事项所用的最长时间。退回率：该环节以退回结束的比例；流程一行为有过退回、逾期的事项所占比例。</p>
    </div>
  )

/** How long the processes and their steps took in a period. */
export function Statistics({ state: { entity, unit, first, last }, change }: Shared) {
  const days = [first || dayjs().subtract(89, 'day').format(DAY), last || dayjs().format(DAY)] as const
  const query: StatisticsQuery = { from: days[0], to: days[1], ...(entity !== '' && { entity }), ...(unit !== '' && { unit }) }
  const found = useStatistics(query)
  const { bytes, problem, start, stop } = useExport(statisticsSheet(query), '流程运行统计.xlsx')
  const units = (found.data?.units ?? []).map(({ key, label }) => ({ value: key, label: label || '（已撤销的单位）' }))
  return (
    <>
      <div className="filters no-print" role="search">
        <DatePicker.RangePicker aria-label="统计期间" allowClear={false} presets={periods()} value={[dayjs(days[0]), dayjs(days[1])]} onChange={(range) => { if (range?.[0] && range[1]) change({ first: range[0].format(DAY), last: range[1].format(DAY) }) }} />
        <Select aria-label="统计流程" placeholder="流程" allowClear style={{ minWidth: 150 }} value={entity || undefined} options={useProcesses()} onChange={(value) => change({ entity: value ?? '' })} />
        <Select aria-label="统计单位" placeholder="发起单位" allowClear style={{ minWidth: 150 }} value={unit || undefined} options={units} onChange={(value) => change({ unit: value ?? '' })} />
        <span className="grow" />
        {problem !== null && <span className="problem" role="alert">{problem}</span>}
        {bytes === null ? <Button onClick={start}>导出 XLSX</Button> : <Button onClick={stop}>正在导出，取消</Button>}
      </div>
      <Loaded of={found} lines={10}>{(data) => <Tables data={data} change={change} />}</Loaded>
    </>
  )
}
