import { Radio } from 'antd'
import type { Operation } from '#ui/api/tasks.ts'

interface Props {
  readonly targets: NonNullable<Operation['targets']>
  readonly target: string | null
  readonly choose: (node: string) => void
}

/** The steps to which a task may go back, each with who gets it and what that cancels. */
export const ReturnChoice = ({ targets, target, choose }: Props) => (
  <div>
    <div className="act-label">退回到</div>
    <Radio.Group value={target} onChange={(event) => choose(event.target.value)} className="return-choice">
      {targets.map(({ node, name, people, cancels }) => (
        <Radio key={node} value={node} className="return-target">
          <span className="return-name">{name}</span> <span className="quiet">{people}</span>
          {cancels !== '' && <span className="return-cancels">{cancels}</span>}
        </Radio>
      ))}
    </Radio.Group>
  </div>
)
