import type { PreviewWire } from '#kit/wire/task.ts'
import { usePreview } from '#ui/api/tasks.ts'
import { dayText } from '#ui/lib/moment.ts'
import { useNow } from '#ui/lib/use-now.ts'

type After = PreviewWire['after'][number]

/** 「会签：方宁、何静（周三前）」, or of a wait 「待休假（至12月1日）」. */
function stepText({ name, people, due }: After['next'][number], now: Date): string {
  const day = due === null ? '' : dayText(new Date(due), now)
  if (people.length === 0) return `${name}${day === '' ? '' : `（至${day}）`}`
  return `${name}：${people.join('、')}${day === '' ? '' : `（${day}前）`}`
}

/** What follows when a step passes, in words. */
export function afterText({ next, waitsFor, ends, problem }: After, now: Date): string {
  if (problem !== null) return problem
  const waits = waitsFor.length > 0 ? `待 ${waitsFor.join('、')} 办完，` : ''
  if (next.length > 0) return `${waits}转 ${next.map((step) => stepText(step, now)).join('；')}`
  return ends ? `${waits}办结` : waits === '' ? '按流程继续' : `${waits}按流程继续`
}

/** The line above the acts of an open task: whom it goes to next. */
export function AfterLine({ caseId, node }: { readonly caseId: string; readonly node: string }) {
  const now = useNow()
  const after = usePreview(caseId).data?.after.find((one) => one.node === node)
  if (after === undefined) return null
  return <p className="flow-after" data-problem={after.problem !== null || undefined}><span className="faint">本环节通过后 </span>{afterText(after, now)}</p>
}
