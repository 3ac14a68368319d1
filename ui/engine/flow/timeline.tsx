import type { TimelineWire } from '#kit/wire/task.ts'
import { dayText, exactMoment, momentText } from '#ui/lib/moment.ts'
import { useNow } from '#ui/lib/use-now.ts'
import { SignatureMark } from '../signature/mark.tsx'
import { reasonOf } from './reason.ts'

type Entry = TimelineWire['entries'][number]
type Who = Entry['people'][number]

const WORD: Readonly<Record<Entry['state'], string>> = { done: '已办', now: '办理中', next: '待办理', returned: '已退回', cancelled: '已取消', note: '' }
const OUTCOME: Readonly<Record<string, string>> = { approve: '同意', reject: '不同意', return: '退回', next: '', done: '', 已办: '' }

/** What an outcome says when nothing was written. */
export const outcomeText = (outcome: string | null): string => (outcome === null ? '' : (OUTCOME[outcome] ?? outcome))

/** Opinion with its author when several people share the step. */
function Opinion({ who, several }: { readonly who: Who; readonly several: boolean }) {
  const text = who.opinion ?? outcomeText(who.outcome)
  return <p>{several && <span className="quiet">{who.unitName} {who.name}：</span>}{text} <SignatureMark name={who.name} signature={who.signature} /></p>
}

/** Who has it or had it; a name and a unit are not broken. */
function Holders({ people }: Pick<Entry, 'people'>) {
  const [only] = people
  if (only === undefined) return null
  if (people.length > 1) return <span>{people.filter(({ at }) => at !== null).length} / {people.length} 人已办</span>
  return <><span>{only.name}{only.onBehalfOf !== null && `（代 ${only.onBehalfOf}）`}</span>{only.unitName !== '' && <>{' '}<span>· {only.unitName}</span></>}</>
}

/** Whoever started it did so by herself; for what is open now the reason stands above. */
const tells = ({ state }: Entry, why: string): boolean => (state === 'done' || state === 'returned') && why !== '' && why !== '流程发起人'

function Step({ entry }: { readonly entry: Entry }) {
  const now = useNow()
  const spoken = entry.people.filter(({ opinion, outcome }) => (opinion ?? outcomeText(outcome)) !== '')
  const why = reasonOf(entry.people)
  const at = entry.state === 'next' ? (entry.due === null ? '' : `预计${dayText(new Date(entry.due), now)}`) : entry.at === null ? '' : momentText(entry.at, now)
  return (
    <li className="step" data-state={entry.state}>
      <div className="step-head">
        <span className="step-name">{entry.step}</span>
        <span className="step-who quiet" title={why === '' ? undefined : `依据：${why}`}><Holders people={entry.people} /><span className="unseen">{WORD[entry.state]}</span></span>
        <time className="faint" title={entry.at === null ? undefined : exactMoment(entry.at)}>{at}</time>
      </div>
      {why !== '' && entry.state === 'next' && <p className="step-note">依据：{why}</p>}
      {tells(entry, why) && <details className="step-note"><summary>依据</summary>{why}</details>}
      {entry.note !== null && <p className="step-note">{entry.note}</p>}
      {spoken.length > 0 && (
        <div className="step-opinions" data-state={entry.state}>
          {spoken.map((who) => <Opinion key={`${who.name}${who.unitName}${who.at}`} who={who} several={entry.people.length > 1} />)}
        </div>
      )}
    </li>
  )
}

/** The way of a case, oldest first, with opinions and the steps to come. */
export const Timeline = ({ entries }: { readonly entries: readonly Entry[] }) => (
  <ol className="timeline" aria-label="办理过程">{entries.map((entry) => <Step key={entry.id} entry={entry} />)}</ol>
)
