import type { NextStep } from '#ui/api/tasks.ts'

const peopleOf = ({ people }: NextStep): string => (typeof people === 'string' ? people : people.join('、'))

/** The steps to come and who is expected to do them. */
export const NextSteps = ({ steps }: { readonly steps: readonly NextStep[] }) => (
  <ol className="timeline" aria-label="预计流程">
    {steps.map((step) => (
      <li key={step.node} className="step" data-state="next">
        <div className="step-head"><span className="step-name">{step.name}</span><span className="step-who quiet">{peopleOf(step)}</span></div>
      </li>
    ))}
  </ol>
)
