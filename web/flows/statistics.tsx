import { useState } from 'react'
import { Button, DatePicker, Select } from 'antd'
import dayjs from 'dayjs'
import type { FlowStatisticsWire, StatisticsLineWire } from '#kit/wire/flow-cockpit.ts'
import { statisticsSheet, useStatistics } from '#ui/api/flow-cockpit.ts'
import type { StatisticsQuery } from '#ui/api/flow-cockpit.ts'
import { useFlowSummary } from '#ui/api/flow-runs.ts'
import { Empty, Loaded } from '#ui/components/states.tsx'
import { hoursText, percentText } from './statistics-text.ts'

const DAY = 'YYYY-MM-DD'

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

function Lines({ title, what, rows }: { readonly title: string; readonly what: string; readonly rows: readonly Row[] }) {
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
              <td>{line.label || '（已撤销的单位）'}</td>
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

const Tables = ({ data: { processes, steps, units } }: { readonly data: FlowStatisticsWire }) =>
  steps.length === 0 && processes.length === 0 ? <Empty title="所选期间没有办结的环节" /> : (
    <div className="list-scroll flows-plain">
      {processes.length > 0 && <Lines title="按流程（期间内办结的事项）" what="流程" rows={processes} />}
      <Lines title="按环节" what="环节" rows={steps} />
      <Lines title="按发起单位" what="发起单位" rows={units} />
      <p className="flows-note quiet">用时按自然时间计算。深色为中位用时，浅色为九成事项所用的最长时间。退回率：该环节以退回结束的比例；流程一行为有过退回、逾期的事项所占比例。</p>
    </div>
  )

/** How long the processes and their steps took in a period. */
export function Statistics() {
  const [days, setDays] = useState<readonly [string, string]>([dayjs().subtract(89, 'day').format(DAY), dayjs().format(DAY)])
  const [entity, setEntity] = useState('')
  const [unit, setUnit] = useState('')
  const summary = useFlowSummary().data
  const query: StatisticsQuery = { from: days[0], to: days[1], ...(entity !== '' && { entity }), ...(unit !== '' && { unit }) }
  const found = useStatistics(query)
  const processes = [...new Map([...(summary?.items ?? []), ...(found.data?.steps ?? [])].map((one) => [one.entity, { value: one.entity, label: one.process }])).values()]
  const units = (found.data?.units ?? []).map(({ key, label }) => ({ value: key, label }))
  return (
    <>
      <div className="filters no-print" role="search">
        <DatePicker.RangePicker aria-label="统计期间" allowClear={false} value={[dayjs(days[0]), dayjs(days[1])]} onChange={(range) => { if (range?.[0] && range[1]) setDays([range[0].format(DAY), range[1].format(DAY)]) }} />
        <Select aria-label="统计流程" placeholder="流程" allowClear style={{ minWidth: 150 }} value={entity || undefined} options={processes} onChange={(value) => setEntity(value ?? '')} />
        <Select aria-label="统计单位" placeholder="发起单位" allowClear style={{ minWidth: 150 }} value={unit || undefined} options={units} onChange={(value) => setUnit(value ?? '')} />
        <span className="grow" />
        <Button href={statisticsSheet(query)}>导出 XLSX</Button>
      </div>
      <Loaded of={found} lines={10}>{(data) => <Tables data={data} />}</Loaded>
    </>
  )
}
