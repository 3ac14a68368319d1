import { useState } from 'react'
import type { ReactNode } from 'react'
import type { Operation } from '#ui/api/tasks.ts'
import { isRisky, keyOf } from '#ui/engine/flow/bar-model.ts'
import type { FlowBarState } from '#ui/engine/flow/use-flow-bar.ts'
import { Sheet } from '../frame/sheet.tsx'
import { ActSheet } from './act-sheet.tsx'
import { Opinion } from './opinion.tsx'
import { SignLine } from './sign-line.tsx'

interface MoreProps {
  readonly operations: readonly Operation[]
  readonly choose: (operation: Operation) => void
  readonly close: () => void
}

const MoreSheet = ({ operations, choose, close }: MoreProps) => (
  <Sheet title="更多" close={close}>
    <div className="p-menu">
      {operations.map((operation) => (
        <button key={keyOf(operation)} type="button" className="plain p-menu-item" data-risky={isRisky(operation) || undefined} onClick={() => { close(); choose(operation) }}>{operation.label}</button>
      ))}
    </div>
  </Sheet>
)

const ActButton = ({ operation, first, bar }: { readonly operation: Operation; readonly first: boolean; readonly bar: FlowBarState }) => (
  <button type="button" className="p-button" data-tone={first ? 'primary' : isRisky(operation) ? 'seal-line' : undefined} data-first={first || undefined} disabled={bar.busy} onClick={() => bar.choose(operation)}>
    {first && bar.busy && bar.open === null ? '正在办理…' : operation.label}
  </button>
)

/** What may be done now, at the bottom: the opinion with common phrases, the two likely acts, the rest under 更多. */
export function FlowBar({ bar, note }: { readonly bar: FlowBarState; readonly note?: ReactNode }) {
  const [more, setMore] = useState(false)
  const takesOpinion = bar.buttons.some(({ opinion }) => opinion !== 'none')
  return (
    <section className="p-bar" aria-label="办理">
      {bar.problem !== null && bar.open === null && <div className="p-alert" role="alert">{bar.problem}</div>}
      {takesOpinion && bar.open === null && <Opinion area={bar.area} value={bar.choices.opinion} change={(opinion) => bar.set({ opinion })} />}
      {takesOpinion && bar.open === null && <SignLine bar={bar} />}
      {note}
      <div className="p-acts">
        {bar.buttons.map((operation, index) => <ActButton key={keyOf(operation)} operation={operation} first={index === 0} bar={bar} />)}
        {bar.more.length > 0 && <button type="button" className="p-button" disabled={bar.busy} onClick={() => setMore(true)}>更多</button>}
      </div>
      {more && <MoreSheet operations={bar.more} choose={bar.choose} close={() => setMore(false)} />}
      {bar.open !== null && <ActSheet bar={bar} operation={bar.open} />}
    </section>
  )
}
