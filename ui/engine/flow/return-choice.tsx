import { Radio } from 'antd'
import type { Operation } from '#ui/api/tasks.ts'

interface Props {
  readonly label: string
  readonly targets: NonNullable<Operation['targets']>
  readonly target: string | null
  readonly afterwards: 'rerun' | 'jump-back'
  readonly choose: (node: string) => void
}

/** The steps to which a task may go back, each with who gets it and what that means for others. */
export const ReturnChoice = ({ label, targets, target, afterwards, choose }: Props) => (
  <div>
    <div className="act-label">{label}</div>
    <Radio.Group value={target} onChange={(event) => choose(event.target.value)} className="return-choice">
      {targets.map(({ node, name, people, cancels, back }) => (
        <Radio key={node} value={node} className="return-target">
          <span className="return-name">{name}</span> <span className="quiet">{people}</span>
          <span className="return-cancels" data-calm={afterwards === 'jump-back' || undefined}>{afterwards === 'jump-back' ? back : cancels}</span>
        </Radio>
      ))}
    </Radio.Group>
  </div>
)
