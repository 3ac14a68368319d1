import { Alert } from 'antd'

interface Props {
  readonly problems: Readonly<Record<string, string>>
  readonly idOf: (key: string) => string
}

/** All problems above the form; each leads to its field. */
export function ProblemSummary({ problems, idOf }: Props) {
  const entries = Object.entries(problems)
  if (entries.length === 0) return null
  const list = (
    <ul className="problem-list">
      {entries.map(([key, text]) => <li key={key}><button type="button" className="plain problem" onClick={() => document.getElementById(idOf(key))?.focus()}>{text}</button></li>)}
    </ul>
  )
  return <Alert type="error" showIcon className="problem-summary" title={`还有 ${entries.length} 处需要完善`} description={list} />
}
