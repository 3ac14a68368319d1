import { useState } from 'react'
import type { ModelVersionDetailWire } from '#kit/wire/flow-model.ts'
import { Tag } from '#ui/components/tag.tsx'
import { PictureView } from '#ui/engine/flow/picture-view.tsx'

/** What the check found; the name of an element shows it in the picture. */
function Findings({ findings, show }: { readonly findings: ModelVersionDetailWire['findings']; readonly show: (place: string) => void }) {
  if (findings.length === 0) return <p className="models-part quiet">没有发现问题</p>
  return (
    <ul className="models-findings">
      {findings.map(({ rule, level, place, name, message }, at) => (
        <li key={at}>
          <Tag tone={level === 'error' ? 'seal' : 'amber'}>{level === 'error' ? '错误' : '提醒'}</Tag>
          {place !== '' && <button type="button" className="plain" title={`${place}（${rule}）`} onClick={() => show(place)}>{name || place}</button>}
          <span className="grow">{message}</span>
        </li>
      ))}
    </ul>
  )
}

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
  const [shown, show] = useState('')
  const counts = [version.errors > 0 && `${version.errors} 处错误`, version.warnings > 0 && `${version.warnings} 条提醒`].filter((text) => text !== false)
  return (
    <>
      <section className="card" aria-label="检查结果">
        <header className="card-head"><h2>检查结果 {counts.length > 0 && <span className="quiet">{counts.join('，')}</span>}</h2></header>
        <Findings findings={version.findings} show={show} />
      </section>
      {version.difference !== null && <section className="card" aria-label="与在用版本的差异"><header className="card-head"><h2>与在用版本的差异</h2></header><Difference difference={version.difference} /></section>}
      <section className="card" aria-label="流程图">
        <header className="card-head"><h2>流程图</h2></header>
        <div className="models-part">{version.diagram === null ? <p className="quiet">改正错误后才能画出流程图</p> : <PictureView key={shown} diagram={version.diagram} chosen={shown} />}</div>
      </section>
    </>
  )
}
