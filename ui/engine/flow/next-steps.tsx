import type { NextStep } from '#ui/api/tasks.ts'
import { dayText, exactMoment } from '#ui/lib/moment.ts'
import { useNow } from '#ui/lib/use-now.ts'

function Step({ step, beside }: { readonly step: NextStep; readonly beside: boolean }) {
  const now = useNow()
  return (
    <li className="step" data-state="next">
      <div className="step-head">
        <span className="step-name">{step.name}</span>
        <span className="step-who quiet">{step.people.join('、')}{beside && <span className="faint">（同时办理）</span>}</span>
        {step.due !== null && <time className="faint" title={exactMoment(step.due)}>{dayText(new Date(step.due), now)}前</time>}
      </div>
      {step.why !== '' && <p className="step-note">依据：{step.why}</p>}
    </li>
  )
}

/** The steps to come, who is expected to do them, by when and why these people. */
export const NextSteps = ({ steps }: { readonly steps: readonly NextStep[] }) => (
  <ol className="timeline" aria-label="预计流程">
    {steps.map((step, index) => <Step key={`${step.wave} ${step.node}`} step={step} beside={steps.some((other, at) => at !== index && other.wave === step.wave)} />)}
  </ol>
)
