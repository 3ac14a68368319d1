import { useState } from 'react'
import { Button, Modal } from 'antd'
import type { Values } from '#ui/api/records.ts'
import { useFlowDiagram, useFlowPreview } from '#ui/api/tasks.ts'
import { Loaded } from '#ui/components/states.tsx'
import { useLater } from '#ui/lib/use-later.ts'
import { NextSteps } from './next-steps.tsx'
import { PictureView } from './picture-view.tsx'

interface Props {
  readonly entity: string
  readonly values: Values
}

const FlowPicture = ({ entity, values }: Props) => <Loaded of={useFlowDiagram(entity, values)} lines={8}>{(diagram) => <PictureView diagram={diagram} />}</Loaded>

const SETTLED_MS = 800

/** Beside a form that is not handed in yet: where it will go, to whom and why, and the flow as a picture. Nothing for records without a flow. */
export function WayAhead({ entity, values }: Props) {
  const settled = useLater(values, SETTLED_MS)
  const preview = useFlowPreview(entity, settled, true)
  const [shown, show] = useState(false)
  if (preview.isError && preview.data === undefined) return null
  const steps = preview.data?.steps ?? []
  return (
    <aside className="rail" aria-label="提交后的流程">
      <div className="row"><h2 className="grow">提交后的流程</h2><Button size="small" onClick={() => show(true)}>流程图</Button></div>
      {steps.length > 0 ? <NextSteps steps={steps} /> : preview.isPending ? null : <p className="quiet">填写必填内容后，这里显示办理环节、办理人和预计时间。</p>}
      <Modal open={shown} title="流程图" footer={null} width={960} onCancel={() => show(false)} destroyOnHidden><FlowPicture entity={entity} values={settled} /></Modal>
    </aside>
  )
}
