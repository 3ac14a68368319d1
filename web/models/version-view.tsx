import { useState } from 'react'
import type { ModelVersionDetailWire } from '#kit/wire/flow-model.ts'
import { Tag } from '#ui/components/tag.tsx'
import { PictureView } from '#ui/engine/flow/picture-view.tsx'

/** What the check found; the name of an element shows it in the picture. */
function Findings({ findings, show }: { readonly findings: ModelVersionDetailWire['findings']; readonly show: (node: string) => void }) {
  if (findings.length === 0) return <p className="models-part quiet">没有发现问题</p>
  return (
    <ul className="models-findings">
      {findings.map(({ rule, level, place, name, message, at }, index) => (
        <li key={index}>
          <Tag tone={level === 'error' ? 'seal' : 'amber'}>{level === 'error' ? '错误' : '提醒'}</Tag>
          {at === null ? <span className="quiet" title={`${place}（${rule}）`}>{name || place}</span> : <button type="button" className="plain" title="在流程图中查看" onClick={() => show(at)}>{name || place}</button>}
          <span className="grow">{message}</span>
        </li>
      ))}
    </ul>
  )
}

/** What each node of the picture is marked with: an error before a warning. */
const flagsOf = (findings: ModelVersionDetailWire['findings']): ReadonlyMap<string, 'error' | 'warning'> =>
  new Map(findings.toSorted((a, b) => Number(a.level === 'error') - Number(b.level === 'error')).flatMap(({ at, level }) => (at === null ? [] : [[at, level] as const])))

function Difference({ difference: { added, removed, changed } }: { readonly difference: NonNullable<ModelVersionDetailWire['difference']> }) {
  if (added.length + removed.length + changed.length === 0) return <p className="models-part quiet">与在用版本的环节相同</p>
  return (
    <ul className="models-changes">
      {added.map(({ place, name }) => <li key={place}><Tag tone="green">增加</Tag><span>{name || place}</span></li>)}
      {removed.map(({ place, name }) => <li key={place}><Tag tone="seal">取消</Tag><span>{name || place}</span></li>)}
      {changed.map(({ place, name, what }) => <li key={place}><Tag tone="amber">修改</Tag><span>{name || place}</span><span className="quiet">{what.join('、')}</span></li>)}
    </ul>
  )
}

/** One version: what was found in it, how it differs from the one in use, and its picture. */
export function VersionView({ version }: { readonly version: ModelVersionDetailWire }) {
  const [{ node: shown, times }, mark] = useState({ node: '', times: 0 })
  const show = (node: string): void => mark((old) => ({ node, times: old.times + 1 }))
  const counts = [version.errors > 0 && `${version.errors} 处错误`, version.warnings > 0 && `${version.warnings} 条提醒`].filter((text) => text !== false)
  return (
    <>
      <section className="card" aria-label="检查结果">
        <header className="card-head"><h2>检查结果 {counts.length > 0 && <span className="quiet">{counts.join('，')}</span>}</h2></header>
        <Findings findings={version.findings} show={show} />
      </section>
      {version.difference !== null && <section className="card" aria-label="与在用版本的差异"><header className="card-head"><h2>与在用版本的差异</h2></header><Difference difference={version.difference} /></section>}
      <section className="card" aria-label="流程图">
        <header className="card-head"><h2>流程图 {version.errors > 0 && <span className="quiet">按文件内容画出，有错误的环节已标出</span>}</h2></header>
        <div className="models-part">{version.diagram === null ? <p className="quiet">模型中没有可以画出的环节</p> : <PictureView key={times} diagram={version.diagram} chosen={shown} flags={flagsOf(version.findings)} />}</div>
      </section>
    </>
  )
}
