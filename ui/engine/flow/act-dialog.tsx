import { useState } from 'react'
import { Alert, Input, Modal, Radio } from 'antd'
import type { Labels } from '#kit/fields/field.ts'
import type { Operation } from '#ui/api/tasks.ts'
import { PeopleSelect } from '#ui/engine/picker/people-select.tsx'
import { isRisky } from './bar-model.ts'
import { Phrases } from './phrases.tsx'
import { ReturnChoice } from './return-choice.tsx'
import type { FlowBarState } from './use-flow-bar.ts'

const PEOPLE: Partial<Record<Operation['id'], string>> = {
  complete: '交给谁办理', 'hand-over': '转给谁办理', delegate: '委派给谁', 'add-before': '先请谁办理', 'add-after': '之后请谁办理', 'add-beside': '同时请谁办理', copy: '抄送给', circulate: '依次送阅', refer: '请谁参阅', 'remove-signer': '减去谁', consult: '向谁沟通', 'add-step': '由谁办理',
}

/** Asks for what an act still needs, and says what a grave one will do before it does it. */
export function ActDialog({ bar, operation }: { readonly bar: FlowBarState; readonly operation: Operation }) {
  const [names, setNames] = useState<Labels>({})
  const people = PEOPLE[operation.id] ?? '人员'
  return (
    <Modal
      open title={operation.label} width={560} onCancel={bar.cancel} onOk={bar.confirm} okText={operation.label} confirmLoading={bar.busy} okButtonProps={{ danger: isRisky(operation) }}
      destroyOnHidden
    >
      <div className="act">
        {operation.warns !== undefined && <Alert type="warning" showIcon title={operation.warns} />}
        {operation.targets !== undefined && (
          <ReturnChoice label={operation.id === 'return' ? '退回到' : '跳过哪个环节'} targets={operation.targets} target={bar.choices.target} afterwards={bar.choices.afterwards} choose={(target) => bar.set({ target })} />
        )}
        {operation.id === 'return' && (
          <div>
            <div className="act-label">对方处理后</div>
            <Radio.Group
              value={bar.choices.afterwards} onChange={(event) => bar.set({ afterwards: event.target.value })}
              options={[{ value: 'rerun', label: '按流程逐步重新办理' }, { value: 'jump-back', label: '直接回到本环节' }]}
            />
          </div>
        )}
        {operation.asks !== undefined && (
          <div>
            <div className="act-label">{operation.asks}</div>
            <Input aria-label={operation.asks} autoFocus maxLength={30} value={bar.choices.name} onChange={(event) => bar.set({ name: event.target.value })} />
          </div>
        )}
        {operation.people !== 'none' && (
          <div>
            <div className="act-label">{people}</div>
            <PeopleSelect
              title={people} several={operation.people === 'several'} identity="post" value={bar.choices.people} labels={names}
              change={(ids, more) => { setNames(more); bar.set({ people: ids }) }}
            />
          </div>
        )}
        {operation.opinion !== 'none' && (
          <div>
            <div className="act-label row"><span className="grow">{operation.id === 'consult' ? '问题' : '意见'}{operation.opinion === 'required' && '（必填）'}</span><Phrases use={(opinion) => bar.set({ opinion })} /></div>
            <Input.TextArea aria-label="意见" autoFocus={operation.asks === undefined} autoSize={{ minRows: 3, maxRows: 8 }} maxLength={1000} value={bar.choices.opinion} onChange={(event) => bar.set({ opinion: event.target.value })} />
          </div>
        )}
        {bar.problem !== null && <div className="problem" role="alert">{bar.problem}</div>}
      </div>
    </Modal>
  )
}
