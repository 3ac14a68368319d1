import type { ReactNode } from 'react'
import { Button, Dropdown, Input } from 'antd'
import { DownOutlined } from '@ant-design/icons'
import type { Operation } from '#ui/api/tasks.ts'
import { SignChoice } from '../signature/sign-choice.tsx'
import { ActDialog } from './act-dialog.tsx'
import { isRisky, keyOf } from './bar-model.ts'
import { Phrases } from './phrases.tsx'
import type { FlowBarState } from './use-flow-bar.ts'
import './flow.css'

const ActButton = ({ operation, first, bar }: { readonly operation: Operation; readonly first: boolean; readonly bar: FlowBarState }) => (
  <Button type={first ? 'primary' : 'default'} danger={isRisky(operation)} loading={first && bar.busy && bar.open === null} disabled={bar.busy} onClick={() => bar.choose(operation)}>
    {operation.label}
  </Button>
)

/** What may be done now: opinion with common phrases, the two likely acts, the rest under 更多. */
export function FlowBar({ bar, ahead }: { readonly bar: FlowBarState; readonly ahead?: ReactNode }) {
  const takesOpinion = bar.buttons.some(({ opinion }) => opinion !== 'none')
  return (
    <section className="flow-bar no-print" aria-label="办理">
      {bar.problem !== null && bar.open === null && <div className="flow-problem" role="alert">{bar.problem}</div>}
      {ahead}
      <div className="row">
        {takesOpinion && <Phrases use={(phrase) => bar.set({ opinion: phrase })} />}
        {takesOpinion
          ? <Input.TextArea aria-label="意见" placeholder={bar.area === null ? '填写意见' : `填写意见，载入“${bar.area}”`} value={bar.choices.opinion} onChange={(event) => bar.set({ opinion: event.target.value })} autoSize={{ minRows: 1, maxRows: 5 }} maxLength={1000} className="grow" />
          : <span className="grow" />}
        {takesOpinion && <SignChoice bar={bar} />}
        {bar.buttons.map((operation, index) => <ActButton key={keyOf(operation)} operation={operation} first={index === 0} bar={bar} />)}
        {bar.more.length > 0 && (
          <Dropdown
            trigger={['click']} placement="topRight"
            menu={{ items: bar.more.map((operation) => ({ key: keyOf(operation), label: operation.label, danger: isRisky(operation), onClick: () => bar.choose(operation) })) }}
          >
            <Button disabled={bar.busy}>更多 <DownOutlined /></Button>
          </Dropdown>
        )}
      </div>
      {bar.open !== null && <ActDialog bar={bar} operation={bar.open} />}
    </section>
  )
}
