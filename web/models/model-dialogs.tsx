import { useState } from 'react'
import { Checkbox, Input, Modal, Upload } from 'antd'
import { InboxOutlined } from '@ant-design/icons'
import type { ModelVersionDetailWire } from '#kit/wire/flow-model.ts'
import { messageOf } from '#ui/api/failure.ts'
import { useModelAct } from '#ui/api/flow-models.ts'

/** Megabytes of a model; the server refuses larger ones too. */
const MOST_MB = 5
const MOST_NOTE = 500

interface NoteProps {
  readonly label: string
  readonly value: string
  readonly change: (text: string) => void
}

const Note = ({ label, value, change }: NoteProps) => (
  <div>
    <div className="act-label">{label}</div>
    <Input.TextArea aria-label="说明" value={value} onChange={(event) => change(event.target.value)} autoSize={{ minRows: 2, maxRows: 6 }} maxLength={MOST_NOTE} />
  </div>
)

const Problem = ({ error }: { readonly error: Error | null }) => error !== null && <div className="problem" role="alert">{messageOf(error)}</div>

interface Props {
  readonly entity: string
  readonly close: () => void
}

/** Puts a version into use: new cases start with it, those under way stay with theirs. */
export function PublishDialog({ entity, version, back, close }: Props & { readonly version: ModelVersionDetailWire; readonly back: boolean }) {
  const [note, setNote] = useState('')
  const [seen, setSeen] = useState(version.warnings === 0)
  const publish = useModelAct<{ number: number; note: string; warnings: number }>(entity, 'publish')
  const title = back ? `恢复使用第 ${version.number} 版` : `发布第 ${version.number} 版`
  return (
    <Modal
      open title={title} width={520} okText={back ? '恢复使用' : '发布'} onCancel={close} confirmLoading={publish.isPending} okButtonProps={{ disabled: note.trim() === '' || !seen }} destroyOnHidden
      onOk={() => publish.mutate({ number: version.number, note: note.trim(), warnings: version.warnings }, { onSuccess: close })}
    >
      <div className="act">
        <p className="quiet">发布后新发起的事项按这一版办理；正在办理和已办结的事项仍按原来的版本，不受影响。</p>
        <Note label="说明（必填，写明修改了什么、为什么）" value={note} change={setNote} />
        {version.warnings > 0 && <Checkbox checked={seen} onChange={(event) => setSeen(event.target.checked)}>已查看检查结果中的 {version.warnings} 条提醒，确认可以发布</Checkbox>}
        <Problem error={publish.error} />
      </div>
    </Modal>
  )
}

/** Goes back to the flow that came with the application. */
export function RetireDialog({ entity, close }: Props) {
  const [note, setNote] = useState('')
  const retire = useModelAct<{ note: string }>(entity, 'retire')
  return (
    <Modal open title="恢复系统自带流程" width={520} okText="恢复" onCancel={close} confirmLoading={retire.isPending} okButtonProps={{ disabled: note.trim() === '' }} onOk={() => retire.mutate({ note: note.trim() }, { onSuccess: close })} destroyOnHidden>
      <div className="act">
        <p className="quiet">停用上传的版本，新发起的事项按系统自带的流程办理；正在办理的不受影响，停用的版本保留，可以再次发布。</p>
        <Note label="说明（必填）" value={note} change={setNote} />
        <Problem error={retire.error} />
      </div>
    </Modal>
  )
}

/** A model from a file; it becomes a draft that is checked, not yet in use. */
export function UploadDialog({ entity, close, uploaded }: Props & { readonly uploaded: (number: number) => void }) {
  const [file, setFile] = useState<{ readonly name: string; readonly xml: string } | null>(null)
  const [problem, setProblem] = useState('')
  const [note, setNote] = useState('')
  const upload = useModelAct<{ xml: string; note: string }>(entity, 'upload')
  const take = async (chosen: File): Promise<void> => {
    const large = chosen.size > MOST_MB * 1024 * 1024
    setProblem(large ? `“${chosen.name}”超过 ${MOST_MB} MB，请精简后再上传` : '')
    setFile(large ? null : { name: chosen.name, xml: await chosen.text() })
  }
  return (
    <Modal
      open title="上传流程模型" width={520} okText="上传并检查" onCancel={close} confirmLoading={upload.isPending} okButtonProps={{ disabled: file === null }} destroyOnHidden
      onOk={() => file !== null && upload.mutate({ xml: file.xml, note: note.trim() }, { onSuccess: ({ number }) => { if (number !== undefined) uploaded(number) } })}
    >
      <div className="act">
        <Upload.Dragger accept=".bpmn,.xml" maxCount={1} showUploadList={false} beforeUpload={(chosen) => { void take(chosen); return false }}>
          <p><InboxOutlined style={{ fontSize: 28 }} /></p>
          <p>{file === null ? '点击选择或拖入 BPMN 2.0 文件（.bpmn）' : file.name}</p>
          <p className="quiet">可先下载现行版本，用建模工具修改后上传；不超过 {MOST_MB} MB</p>
        </Upload.Dragger>
        <Note label="说明（选填）" value={note} change={setNote} />
        {problem !== '' && <div className="problem" role="alert">{problem}</div>}
        <Problem error={upload.error} />
      </div>
    </Modal>
  )
}
