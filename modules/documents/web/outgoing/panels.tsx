import type { Finding } from '#modules/documents/checks/finding.ts'
import { Loaded } from '#ui/components/states.tsx'
import { Tag } from '#ui/components/tag.tsx'
import { useChecks, useNextNumber } from './queries.ts'
import './outgoing.css'

/** What stops the draft first, then the hints. */
export const inOrder = (findings: readonly Finding[]): readonly Finding[] => findings.toSorted((a, b) => Number(a.severity === 'hint') - Number(b.severity === 'hint'))

export function Findings({ findings }: { readonly findings: readonly Finding[] }) {
  const stops = findings.filter(({ severity }) => severity === 'stop').length
  if (findings.length === 0) return <div className="outgoing-panel"><strong>拟稿检查</strong> <span className="quiet">没有发现问题</span></div>
  return (
    <section className="outgoing-panel" aria-label="拟稿检查">
      <div><strong>拟稿检查</strong> <span className="quiet">{stops > 0 ? `${stops} 处必须修改，` : ''}{findings.length - stops} 处提示</span></div>
      <ul>
        {inOrder(findings).map(({ rule, severity, message }, index) => (
          <li key={`${rule}:${index}`}><Tag tone={severity === 'stop' ? 'seal' : 'amber'}>{severity === 'stop' ? '须改' : '提示'}</Tag><span>{message}</span></li>
        ))}
      </ul>
    </section>
  )
}

/** What the drafting rules find in the text as it is kept. */
export const ChecksPanel = ({ id }: { readonly id: string }) => <Loaded of={useChecks(id)} lines={1}>{({ findings }) => <Findings findings={findings} />}</Loaded>

/** The number the document gets unless another is filled in. */
export const NumberPanel = ({ id }: { readonly id: string }) => (
  <Loaded of={useNextNumber(id)} lines={1}>
    {({ text }) => <div className="outgoing-panel"><span className="quiet">下一个发文字号</span> <strong>{text}</strong> <span className="faint">“发文序号”留空即取此号</span></div>}
  </Loaded>
)

/** 复审: why a document that was signed is here again. */
export const SignAgain = () => <div className="outgoing-panel" role="note"><strong>复审</strong> <span className="quiet">您签发后，复核时改动了文稿，改动处见“花脸稿”。同意的请再次签发。</span></div>
