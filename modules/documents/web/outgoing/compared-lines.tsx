import { Fragment } from 'react'
import type { ComparedBlock, ComparedLine, ComparedTable, ComparedText, Run } from '#modules/documents/compare/blame.ts'
import { exactMoment } from '#ui/lib/moment.ts'
import type { VersionLine } from './queries.ts'
import '../body/body.css'
import './outgoing.css'

type Moments = ReadonlyMap<number, string>

/** 「韩雪湄 增加，11月24日 09:30」; the moment is that of the version. */
function fateText({ kind, by = '', version, addedBy }: Pick<Run, 'kind' | 'by' | 'version' | 'addedBy'>, moments: Moments): string {
  const at = version === undefined ? undefined : moments.get(version)
  return [`${by} ${kind === 'added' ? '增加' : '删去'}`, ...(addedBy === undefined ? [] : [`原由${addedBy}增加`]), ...(at === undefined ? [] : [exactMoment(at)])].join('，')
}

const Runs = ({ of, moments }: { readonly of: readonly Run[]; readonly moments: Moments }) => of.map((run, index) => {
  if (run.kind === 'same') return <Fragment key={index}>{run.text}</Fragment>
  const Mark = run.kind === 'added' ? 'ins' : 'del'
  return <Mark key={index} title={fateText(run, moments)}>{run.text}</Mark>
})

const lineNote = ({ moved, state }: ComparedLine): string | null => (moved === true ? (state === 'removed' ? '移走' : '移到此处') : null)

const LEVELS = ['正文', '一级标题', '二级标题', '三级标题', '四级标题'] as const

function TextLine({ block, moments }: { readonly block: ComparedText; readonly moments: Moments }) {
  const Tag = block.level === 0 ? 'p' : (`h${block.level}` as const)
  const note = lineNote(block) ?? (block.was === undefined || block.was === block.level ? null : `${LEVELS[block.was]}改为${LEVELS[block.level]}`)
  return (
    <Tag data-state={block.state}>
      {block.number}<Runs of={block.text} moments={moments} />
      {block.rest.length > 0 && <span data-run-in=""><Runs of={block.rest} moments={moments} /></span>}
      {note !== null && <span className="compared-note">{note}</span>}
    </Tag>
  )
}

const TableLines = ({ block, moments }: { readonly block: ComparedTable; readonly moments: Moments }) => (
  <div className="body-wide">
    <table><tbody>{block.rows.map(({ cells, state }, row) => <tr key={row} data-state={state}>{cells.map((runs, cell) => <td key={cell}><Runs of={runs} moments={moments} /></td>)}</tr>)}</tbody></table>
  </div>
)

/** The words of the text with their fates; pointing at one, or touching it, says whose it is. */
export function ComparedLines({ blocks, versions }: { readonly blocks: readonly ComparedBlock[]; readonly versions: readonly VersionLine[] }) {
  const moments = new Map(versions.map(({ version, at }) => [version, at]))
  return (
    <div className="body-text compared">
      {blocks.map((block, index) => (block.type === 'table' ? <TableLines key={index} block={block} moments={moments} /> : <TextLine key={index} block={block} moments={moments} />))}
    </div>
  )
}
