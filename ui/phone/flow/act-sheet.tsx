import { useState } from 'react'
import type { Labels } from '#kit/fields/field.ts'
import type { Operation } from '#ui/api/tasks.ts'
import { isRisky } from '#ui/engine/flow/bar-model.ts'
import type { FlowBarState } from '#ui/engine/flow/use-flow-bar.ts'
import { Sheet } from '../frame/sheet.tsx'
import { PeopleField } from '../picker/people-field.tsx'
import { Options } from '../fields/options.tsx'
import { Opinion } from './opinion.tsx'

const PEOPLE: Partial<Record<Operation['id'], string>> = {
  complete: '交给谁办理', 'hand-over': '转给谁办理', delegate: '委派给谁', 'add-before': '先请谁办理', 'add-after': '之后请谁办理', 'add-beside': '同时请谁办理', copy: '抄送给', circulate: '依次送阅', refer: '请谁参阅', 'remove-signer': '减去谁', consult: '向谁沟通', 'add-step': '由谁办理',
}

const AFTERWARDS = [{ value: 'rerun', label: '按流程逐步重新办理' }, { value: 'jump-back', label: '直接回到本环节' }] as const

interface Props {
  readonly bar: FlowBarState
  readonly operation: Operation
}

/** The steps to which a task may go back, each with who gets it and what that means for others. */
const Targets = ({ bar, operation: { id, targets = [] } }: Props) => (
  <Options
    label={id === 'return' ? '退回到' : '跳过哪个环节'} value={bar.choices.target} choose={(target) => bar.set({ target })}
    options={targets.map(({ node, name, people, cancels, back }) => ({ value: node, label: `${name}　${people}`, note: bar.choices.afterwards === 'jump-back' ? back : cancels }))}
  />
)

/** Asks for what an act still needs, and says what a grave one will do before it does it. */
export function ActSheet({ bar, operation }: Props) {
  const [names, setNames] = useState<Labels>({})
  const people = PEOPLE[operation.id] ?? '人员'
  const confirm = <button type="button" className="p-button grow" data-tone={isRisky(operation) ? 'seal' : 'primary'} disabled={bar.busy} onClick={bar.confirm}>{bar.busy ? '正在办理…' : operation.label}</button>
  return (
    <Sheet title={operation.label} close={bar.cancel} foot={confirm}>
      <div className="p-act">
        {operation.warns !== undefined && <p className="p-warning">{operation.warns}</p>}
        {operation.targets !== undefined && <Targets bar={bar} operation={operation} />}
        {operation.id === 'return' && <Options label="对方处理后" value={bar.choices.afterwards} options={AFTERWARDS} choose={(afterwards) => bar.set({ afterwards })} />}
        {operation.asks !== undefined && (
          <div>
            <div className="p-label">{operation.asks}</div>
            <input className="p-input" aria-label={operation.asks} maxLength={30} value={bar.choices.name} onChange={(event) => bar.set({ name: event.target.value })} />
          </div>
        )}
        {operation.people !== 'none' && (
          <div>
            <div className="p-label">{people}</div>
            <PeopleField
              title={people} several={operation.people === 'several'} identity="post" value={bar.choices.people} labels={names}
              change={(ids, more) => { setNames(more); bar.set({ people: ids }) }}
            />
          </div>
        )}
        {operation.opinion !== 'none' && <Opinion value={bar.choices.opinion} change={(opinion) => bar.set({ opinion })} required={operation.opinion === 'required'} refusing={operation.id === 'return' || isRisky(operation)} rows={3} />}
        {bar.problem !== null && <p className="problem" role="alert">{bar.problem}</p>}
      </div>
    </Sheet>
  )
}
