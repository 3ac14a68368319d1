import { useState } from 'react'
import { Button, Modal } from 'antd'
import type { MigrationReportWire } from '#kit/wire/flow-cockpit.ts'
import { reportSheet, useMigrationReports, useReportCases } from '#ui/api/flow-cockpit.ts'
import { FailureView, Loading } from '#ui/components/states.tsx'
import { Tag } from '#ui/components/tag.tsx'
import { More } from '#ui/engine/list/more.tsx'
import { useExport } from '#ui/engine/list/use-export.ts'
import { exactMoment } from '#ui/lib/moment.ts'
import { ReportTable } from './migration-report.tsx'

const versionText = (number: number | null): string => (number === null ? '未保留的版本' : `第 ${number} 版`)
const waysText = ({ from, to }: MigrationReportWire): string => `${versionText(from)} → ${versionText(to)}`

interface OneProps {
  readonly report: MigrationReportWire
  readonly close: () => void
  readonly open: (caseId: string) => void
}

/** What became of each case of one migration. */
function OneReport({ report, close, open }: OneProps) {
  const cases = useReportCases(report.id)
  const { bytes, problem, start, stop } = useExport(reportSheet(report.id), '迁移报告.xlsx')
  return (
    <Modal open title={`迁移报告：${report.process} ${waysText(report)}`} width={960} onCancel={close} footer={bytes === null ? <Button onClick={start}>导出报告（XLSX）</Button> : <Button onClick={stop}>正在导出，取消</Button>}>
      <p className="quiet flows-report-head">{exactMoment(report.at)} {report.by} · 理由：{report.reason}</p>
      {problem !== null && <p className="problem" role="alert">{problem}</p>}
      {cases.isError && cases.data === undefined && <FailureView error={cases.error} retry={() => void cases.refetch()} />}
      {cases.data === undefined ? !cases.isError && <Loading lines={4} /> : <div className="list-scroll flows-plain flows-report"><ReportTable items={cases.items} done open={open} /><More of={cases} count={cases.items.length} /></div>}
    </Modal>
  )
}

interface Props {
  /** A flow, or empty: all of them. */
  readonly entity: string
  readonly open: (caseId: string) => void
}

/** Migrations that were carried out, to be looked up later. */
export function MigrationReports({ entity, open }: Props) {
  const [shown, setShown] = useState<MigrationReportWire | null>(null)
  const reports = useMigrationReports(entity)
  if (reports.data === undefined || reports.data.items.length === 0) return null
  return (
    <section className="flows-plain" aria-label="历次迁移">
      <p className="flows-note quiet">历次迁移</p>
      <table className="grid">
        <thead><tr><th>流程</th><th style={{ width: 180 }}>版本</th><th style={{ width: 200 }}>结果</th><th>理由</th><th style={{ width: 110 }}>办理人</th><th style={{ width: 170 }}>时间</th></tr></thead>
        <tbody>
          {reports.data.items.map((report) => (
            <tr key={report.id}>
              <td><button type="button" className="plain flows-link" onClick={() => setShown(report)}>{report.process}</button></td>
              <td>{waysText(report)}</td>
              <td><Tag tone="green">已迁移 {report.carried} 件</Tag>{report.refused > 0 && <> <Tag tone="seal">未能迁移 {report.refused} 件</Tag></>}</td>
              <td className="quiet" title={report.reason}>{report.reason}</td>
              <td>{report.by}</td>
              <td className="quiet">{exactMoment(report.at)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {shown !== null && <OneReport report={shown} close={() => setShown(null)} open={open} />}
    </section>
  )
}
