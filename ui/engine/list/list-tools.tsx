import { useState } from 'react'
import { Button, Checkbox, Popover, Radio } from 'antd'
import { DownloadOutlined, PrinterOutlined, SettingOutlined, StopOutlined } from '@ant-design/icons'
import { exportAddress } from '#ui/api/records.ts'
import { sizeText } from '#ui/lib/size.ts'
import { columnsOf } from './columns.ts'
import { useExport } from './use-export.ts'
import type { List } from './use-list.ts'

function Chooser({ list }: { readonly list: List }) {
  const shown = list.columns.map(({ key }) => key)
  return (
    <div className="chooser">
      <div className="chooser-head"><strong className="grow">显示的列</strong><Button type="link" size="small" onClick={() => list.chooseColumns(null)}>恢复默认</Button></div>
      <Checkbox.Group
        className="chooser-list" value={shown} options={columnsOf(list.meta.entity).map(({ key, label }) => ({ value: key, label }))}
        onChange={(keys) => list.chooseColumns([...shown.filter((key) => keys.includes(key)), ...keys.map(String).filter((key) => !shown.includes(key))])}
      />
      <div className="chooser-head"><strong className="grow">行高</strong></div>
      <Radio.Group value={list.density} onChange={(event) => list.chooseDensity(event.target.value)} options={[{ value: 'comfortable', label: '宽松' }, { value: 'compact', label: '紧凑' }]} />
    </div>
  )
}

/** Export of what is filtered, with its progress; a second click stops it. */
function Export({ list: { meta, query, columns } }: { readonly list: List }) {
  const { bytes, problem, start, stop } = useExport(exportAddress(meta.entity.name, query, columns.map(({ key }) => key)), `${meta.entity.label}.xlsx`)
  return (
    <>
      {problem !== null && <span className="problem" role="alert">{problem}</span>}
      {bytes !== null && <span className="faint" role="status">{bytes === 0 ? '正在准备导出…' : `已导出 ${sizeText(bytes)}`}</span>}
      {bytes === null
        ? <Button type="text" icon={<DownloadOutlined />} title="按当前条件导出" aria-label="导出" onClick={start} />
        : <Button type="text" icon={<StopOutlined />} title="停止导出" aria-label="停止导出" onClick={stop} />}
    </>
  )
}

/** Count, export of what is filtered, print, columns and density. */
export function ListTools({ list }: { readonly list: List }) {
  const [open, setOpen] = useState(false)
  return (
    <div className="list-tools no-print">
      {list.count !== '' && <span className="faint">{list.count} 条</span>}
      <Export list={list} />
      <Button type="text" icon={<PrinterOutlined />} onClick={() => window.print()} title="打印" aria-label="打印" />
      <Popover trigger="click" placement="bottomRight" open={open} onOpenChange={setOpen} content={<Chooser list={list} />}>
        <Button type="text" icon={<SettingOutlined />} title="列与行高" aria-label="列与行高" />
      </Popover>
    </div>
  )
}
