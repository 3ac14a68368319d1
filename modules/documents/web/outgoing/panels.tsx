import type { Finding } from '#modules/documents/checks/finding.ts'
import { Loaded } from '#ui/components/states.tsx'
import { countText, FindingList } from '../drafting/finding-list.tsx'
import { useChecks, useNextNumber } from './queries.ts'
import './outgoing.css'

export const Findings = ({ findings }: { readonly findings: readonly Finding[] }) => (
  <section className="outgoing-panel" aria-label="拟稿检查">
    <div><strong>拟稿检查</strong> <span className="quiet">{countText(findings)}</span></div>
    {findings.length > 0 && <FindingList findings={findings} />}
  </section>
)

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
