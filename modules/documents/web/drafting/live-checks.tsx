import { useState } from 'react'
import { Loading } from '#ui/components/quiet.tsx'
import { messageOf } from '#ui/api/failure.ts'
import type { Finding } from '#modules/documents/checks/finding.ts'
import { countText, FindingList } from './finding-list.tsx'
import type { Desk } from './use-desk.ts'
import '../outgoing/outgoing.css'

const Count = ({ findings }: { readonly findings: readonly Finding[] }) => <span className={findings.some(({ severity }) => severity === 'stop') ? 'problem' : 'quiet'}>{countText(findings)}</span>

interface Props {
  readonly desk: Desk
  /** Only the count until it is opened. */
  readonly short?: boolean
  /** Nothing is written yet, so that nothing is found fault with. */
  readonly blank?: boolean
}

/** What the rules find in what is typed now; each finding leads to its place. */
export function LiveChecks({ desk, short = false, blank = false }: Props) {
  const [open, setOpen] = useState(false)
  const { findings, checks, jump, mend } = desk
  const shown = !short || open
  if (blank) return <section className="outgoing-panel" aria-label="拟稿检查"><strong>拟稿检查</strong> <span className="quiet">边写边查，发现的问题列在这里</span></section>
  return (
    <section className="outgoing-panel live-checks" aria-label="拟稿检查" data-short={short || undefined}>
      <div className="row">
        <strong>拟稿检查</strong>
        <span className="grow" role="status">{checks.data !== undefined && <Count findings={findings} />}</span>
        {short && findings.length > 0 && <button type="button" className="plain quiet" aria-expanded={open} onClick={() => setOpen(!open)}>{open ? '收起' : '展开'}</button>}
      </div>
      {checks.data === undefined && checks.error === null && <Loading lines={2} />}
      {checks.error !== null && <p className="problem">暂时没有检查：{messageOf(checks.error)}</p>}
      {shown && findings.length > 0 && <FindingList findings={findings} jump={jump} mend={mend} />}
    </section>
  )
}
