import { Button } from 'antd'
import type { Finding } from '#modules/documents/checks/finding.ts'
import { Tag } from '#ui/components/tag.tsx'

/** What stops the draft first, then the hints. */
export const inOrder = (findings: readonly Finding[]): readonly Finding[] => findings.toSorted((a, b) => Number(a.severity === 'hint') - Number(b.severity === 'hint'))

/** 「1 处必须修改，2 处提示」. */
export function countText(findings: readonly Finding[]): string {
  const stops = findings.filter(({ severity }) => severity === 'stop').length
  const hints = findings.length - stops
  return findings.length === 0 ? '没有发现问题' : [...(stops > 0 ? [`${stops} 处必须修改`] : []), ...(hints > 0 ? [`${hints} 处提示`] : [])].join('，')
}

interface LineProps {
  readonly finding: Finding
  /** Leads to where it stands; without it the finding is only read. */
  readonly jump?: ((finding: Finding) => void) | undefined
  /** Puts in what the finding proposes. */
  readonly mend?: ((finding: Finding) => void) | undefined
}

const LONGEST_SHOWN = 20

function FindingLine({ finding, jump, mend }: LineProps) {
  const { severity, message, replacement } = finding
  return (
    <li>
      <Tag tone={severity === 'stop' ? 'seal' : 'amber'}>{severity === 'stop' ? '须改' : '提示'}</Tag>
      <span className="grow">
        {jump === undefined ? message : <button type="button" className="plain finding-jump" onClick={() => jump(finding)}>{message}</button>}
        {mend !== undefined && replacement !== undefined && (
          <Button type="link" size="small" className="finding-mend" title={replacement} onClick={() => mend(finding)}>改为“{replacement.length > LONGEST_SHOWN ? `${replacement.slice(0, LONGEST_SHOWN)}…` : replacement}”</Button>
        )}
      </span>
    </li>
  )
}

/** Findings of the drafting rules, in the order in which they matter. */
export const FindingList = ({ findings, jump, mend }: Omit<LineProps, 'finding'> & { readonly findings: readonly Finding[] }) => (
  <ul className="findings">
    {inOrder(findings).map((finding, index) => <FindingLine key={`${finding.rule}:${index}`} finding={finding} jump={jump} mend={mend} />)}
  </ul>
)
