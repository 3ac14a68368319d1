import { useId } from 'react'
import { Radio } from 'antd'
import type { Operation } from '#ui/api/tasks.ts'

interface Props {
  readonly label: string
  readonly targets: NonNullable<Operation['targets']>
  readonly target: string | null
  readonly afterwards: 'rerun' | 'jump-back'
  readonly choose: (node: string) => void
}

/** The steps to which a task may go back, each with who gets it and what that means for others. The choice is called by the step; what it means describes it. */
export function ReturnChoice({ label, targets, target, afterwards, choose }: Props) {
  const id = useId()
  return (
    <div>
      <div className="act-label">{label}</div>
      <Radio.Group value={target} onChange={(event) => choose(event.target.value)} className="return-choice">
        {targets.map(({ node, name, people, cancels, back }) => (
          <div key={node} className="return-target">
            <Radio value={node} aria-describedby={`${id}-${node}`}><span className="return-name">{name}</span> <span className="quiet">{people}</span></Radio>
            <div id={`${id}-${node}`} className="return-cancels" data-calm={afterwards === 'jump-back' || undefined}>{afterwards === 'jump-back' ? back : cancels}</div>
          </div>
        ))}
      </Radio.Group>
    </div>
  )
}
