import { useState } from 'react'
import { Button, Segmented, Upload } from 'antd'
import { CheckCircleFilled, DownloadOutlined, InboxOutlined } from '@ant-design/icons'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { address, post } from '#ui/api/client.ts'
import { messageOf } from '#ui/api/failure.ts'
import '#ui/engine/list/list.css'
import type { PreviewWire } from '../api.ts'
import { SHEET_COLUMNS, sheetTitle } from '../columns.ts'
import type { SheetKind } from '../columns.ts'
import { fileRows } from './read-file.ts'
import './roster.css'

interface Sheet {
  readonly name: string
  readonly kind: SheetKind
  readonly rows: readonly (readonly string[])[]
}

const KINDS = (['people', 'units'] as const).map((value) => ({ value, label: sheetTitle[value] }))

/** Lines that must be put right, as they stand in the file. */
const Problems = ({ preview: { problems, further }, rows }: { readonly preview: PreviewWire; readonly rows: Sheet['rows'] }) => (
  <>
    <p className="problem" role="alert">共 {problems.length + further} 处需要改正。请在文件中改好后重新选择文件，现在没有导入任何内容。</p>
    <div className="roster-table" role="region" aria-label="需要改正的地方" tabIndex={0}>
      <table className="grid">
        <thead><tr><th data-right>行</th><th>列</th><th>所填内容</th><th>原因</th></tr></thead>
        <tbody>
          {problems.map(({ row, column, text }) => {
            const at = (rows[0] ?? []).findIndex((head) => head.trim().replace(/[*＊]/g, '') === column)
            return <tr key={`${row} ${column}`}><td data-right>{row}</td><td>{column}</td><td>{rows[row - 1]?.[at] ?? ''}</td><td className="problem">{text}</td></tr>
          })}
        </tbody>
      </table>
    </div>
    {further > 0 && <p className="quiet">另有 {further} 处未列出，改正以上问题后再次核对。</p>}
  </>
)

const Done = ({ kind, count, password }: { readonly kind: SheetKind; readonly count: number; readonly password: string | null }) => (
  <div className="roster-body" role="status">
    <p><CheckCircleFilled style={{ color: 'var(--green)' }} /> 已导入 {count} {kind === 'people' ? '人' : '个机构'}。</p>
    {password !== null && <p className="roster-password">初始密码：<code>{password}</code>　只显示这一次，请转告本人；首次登录须修改。</p>}
  </div>
)

/** The sheet that was chosen: what is wrong with it, or the button that takes it in. */
function Chosen({ sheet }: { readonly sheet: Sheet }) {
  const queries = useQueryClient()
  const { kind, rows } = sheet
  const check = useMutation({ mutationFn: () => post<PreviewWire>('/api/roster/preview', { kind, rows }) })
  const take = useMutation({ mutationFn: () => post<{ count: number; password: string | null }>('/api/roster/apply', { kind, rows }), onSuccess: () => queries.invalidateQueries() })
  if (check.isIdle) check.mutate()
  const failure = check.error ?? take.error
  return (
    <section className="card" aria-label="核对结果">
      <header className="card-head"><h2>{sheet.name}</h2>{check.isPending && <span className="quiet" role="status">正在核对 {rows.length - 1} 行…</span>}</header>
      {take.data !== undefined ? <Done kind={kind} {...take.data} /> : (
        <div className="roster-body">
          {failure !== null && <p className="problem" role="alert">{messageOf(failure)}</p>}
          {check.data !== undefined && check.data.problems.length > 0 && <Problems preview={check.data} rows={rows} />}
          {check.data !== undefined && check.data.problems.length === 0 && (
            <p className="row"><span className="grow">核对无误，共 {check.data.count} {kind === 'people' ? '人' : '个机构'}。{kind === 'people' && '导入后每人一个账号，角色另行授予。'}</span>
              <Button type="primary" disabled={check.data.count === 0} loading={take.isPending} onClick={() => take.mutate()}>导入 {check.data.count} 行</Button></p>
          )}
        </div>
      )}
    </section>
  )
}

/** People and units from a spreadsheet: checked by row and column first, then taken in as a whole. */
export default function RosterPage() {
  const [kind, setKind] = useState<SheetKind>('people')
  const [sheet, setSheet] = useState<(Sheet & { readonly at: number }) | null>(null)
  const [unreadable, setUnreadable] = useState(false)
  const choose = (file: File): boolean => {
    setUnreadable(false)
    fileRows(file).then((rows) => setSheet({ name: file.name, kind, rows, at: Date.now() })).catch(() => { setSheet(null); setUnreadable(true) })
    return false
  }
  return (
    <div className="list-page">
      <header className="list-head"><h1>机构人员导入</h1><Segmented value={kind} options={KINDS} onChange={(next) => { setKind(next); setSheet(null) }} aria-label="导入内容" /></header>
      <div className="roster">
        <section className="card" aria-label="选择文件">
          <header className="card-head"><h2>导入{sheetTitle[kind]}</h2><Button icon={<DownloadOutlined />} href={address('/api/roster/template', { kind })} download>下载模板</Button></header>
          <div className="roster-body">
            <p className="quiet">必填：{SHEET_COLUMNS[kind].filter(({ required }) => required).map(({ title }) => title).join('、')}；选填：{SHEET_COLUMNS[kind].filter(({ required }) => !required).map(({ title }) => title).join('、')}。列的顺序不限。</p>
            <Upload.Dragger accept=".xlsx,.csv" showUploadList={false} beforeUpload={choose} aria-label="选择要导入的文件">
              <p><InboxOutlined style={{ fontSize: 28, color: 'var(--primary)' }} /></p><p>把填好的 .xlsx 或 .csv 文件拖到这里，或点击选择</p>
            </Upload.Dragger>
            {unreadable && <p className="problem" role="alert">文件没有读出来。请选择 .xlsx 或 .csv 文件；.xls 请先另存为 .xlsx。</p>}
          </div>
        </section>
        {sheet !== null && <Chosen key={sheet.at} sheet={sheet} />}
      </div>
    </div>
  )
}
