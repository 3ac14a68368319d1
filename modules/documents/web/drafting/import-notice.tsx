import { useRef } from 'react'
import { Alert, Button, Modal, Progress } from 'antd'
import { CloseOutlined, FileWordOutlined } from '@ant-design/icons'
import type { Fields } from '#kit/entity.ts'
import { bodySummary } from '#modules/documents/outgoing/imported.ts'
import type { Values } from '#ui/api/records.ts'
import type { Import, ImportState } from './use-import.ts'

/** Reads a Word file chosen from the disk. */
export function ImportButton({ start }: { readonly start: Import }) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <Button icon={<FileWordOutlined />} title="也可把 .docx 文件拖到正文上" loading={start.state.kind === 'reading'} onClick={() => input.current?.click()}>导入 Word</Button>
      <input
        ref={input} type="file" hidden aria-label="Word 文件" accept=".docx,application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        onChange={({ target }) => { const [file] = target.files ?? []; target.value = ''; if (file !== undefined) start.read(file) }}
      />
    </>
  )
}

/** 「标题、主送、正文（12 段 1,203 字）」. */
export const brought = (values: Values, fields: Fields): string =>
  Object.keys(values).map((key) => (key === 'body' ? `正文（${bodySummary(values[key])}）` : (fields[key]?.label ?? key))).join('、')

function Done({ state: { name, values, notes }, fields, undo, close }: { readonly state: Extract<ImportState, { kind: 'done' }>; readonly fields: Fields; readonly undo: () => void; readonly close: () => void }) {
  const some = Object.keys(values).length > 0
  return (
    <section className="import-done" aria-label="导入结果">
      <div className="row">
        <span className="grow">{some ? <>已从“{name}”导入{brought(values, fields)}</> : <>“{name}”里没有可以录入的内容</>}</span>
        {some && <Button size="small" onClick={undo}>撤销导入</Button>}
        <Button size="small" type="text" icon={<CloseOutlined />} aria-label="知道了" onClick={close} />
      </div>
      {notes.length > 0 && <ul className="quiet">{notes.map((note) => <li key={note}>{note}</li>)}</ul>}
    </section>
  )
}

function Question({ start, fields }: { readonly start: Import; readonly fields: Fields }) {
  if (start.state.kind !== 'asking') return null
  const { name, found, replaced } = start.state
  const labels = replaced.map((key) => fields[key]?.label ?? key).join('、')
  return (
    <Modal
      open title="导入会替换已填写的内容" width={520} onCancel={start.cancel}
      footer={[
        <Button key="no" onClick={start.cancel}>取消</Button>,
        ...(replaced.length < Object.keys(found.values).length ? [<Button key="blank" onClick={() => start.accept(false)}>只填空白项</Button>] : []),
        <Button key="all" type="primary" onClick={() => start.accept(true)}>替换</Button>,
      ]}
    >
      <p>“{name}”中认出：{brought(found.values, fields)}。</p>
      <p>将替换现在的<strong>{labels}</strong>。替换后可以撤销。</p>
    </Modal>
  )
}

/** What becomes of a Word file being imported. */
export function ImportNotice({ start, fields }: { readonly start: Import; readonly fields: Fields }) {
  const { state } = start
  return (
    <div className="import-notice" aria-live="polite">
      {state.kind === 'reading' && (
        <Alert
          type="info" title={state.part < 1 ? `正在上传“${state.name}”` : `正在识别“${state.name}”的标题、主送和正文`} description={<Progress percent={Math.round(state.part * 100)} size="small" />}
          action={<Button size="small" onClick={start.cancel}>取消</Button>}
        />
      )}
      {state.kind === 'failed' && <Alert type="error" showIcon closable={{ onClose: start.cancel }} title={`没有导入“${state.name}”`} description={`${state.why}。已填写的内容没有改动。`} />}
      {state.kind === 'done' && <Done state={state} fields={fields} undo={start.undo} close={start.cancel} />}
      <Question start={start} fields={fields} />
    </div>
  )
}
