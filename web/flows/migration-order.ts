import type { MigrationStepsWire, MigrationWire } from '#kit/wire/flow-cockpit.ts'
import type { MigrationOrder } from '#ui/api/flow-cockpit.ts'

/** What the administrator has chosen for steps without counterpart. `renamed`: it is that step, and work there goes on; otherwise it begins anew. */
export type Choices = Readonly<Record<string, { readonly to: string; readonly renamed: boolean }>>

export function planOf(choices: Choices, added: 'start' | 'skip'): MigrationOrder['plan'] {
  const chosen = Object.entries(choices).filter(([, { to }]) => to !== '')
  const part = (wanted: boolean): Record<string, string> => Object.fromEntries(chosen.filter(([, { renamed }]) => renamed === wanted).map(([node, { to }]) => [node, to]))
  return { renamed: part(true), moved: part(false), added }
}

/** Steps that need a choice: those without counterpart at which cases stand first. */
export const openSteps = ({ steps }: MigrationStepsWire): MigrationStepsWire['steps'] => steps.filter(({ to }) => to === null).toSorted((a, b) => b.at - a.at)

type Case = MigrationWire['items'][number]

const MOVES: Readonly<Record<Case['moves'][number]['how'], string>> = { kept: '继续', renamed: '改名，继续', anew: '转到，重新办理', opened: '新增办理', closed: '取消' }

/** What happens to the open steps of a case, in a line. */
export const movesText = ({ moves }: Case): string =>
  moves.map(({ how, from, to, people }) => `${[...new Set([from, to])].filter((name) => name !== null).join(' → ')}（${MOVES[how]}${people.length === 0 ? '' : `：${people.join('、')}`}）`).join('；') || '等待中，按新版本继续'

/** The report as a sheet that any spreadsheet opens. */
export function reportText(items: readonly Case[]): string {
  const cell = (text: string): string => `"${(/^[=+\-@\t\r]/u.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`
  const lines = items.map((item) => [item.title, item.problem === null ? '可迁移' : '不能迁移', item.problem ?? movesText(item)])
  return `\uFEFF${[['标题', '结果', '说明'], ...lines].map((line) => line.map(cell).join(',')).join('\r\n')}\r\n`
}
