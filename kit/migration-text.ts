import type { MigratedCaseWire } from './wire/flow-cockpit.ts'

const MOVES: Readonly<Record<MigratedCaseWire['moves'][number]['how'], string>> = { kept: '继续', renamed: '改名，继续', anew: '转到，重新办理', opened: '新增办理', closed: '取消' }

/** What happens to the open steps of a case, in a line. */
export const movesText = ({ moves }: Pick<MigratedCaseWire, 'moves'>): string =>
  moves.map(({ how, from, to, people }) => `${[...new Set([from, to])].filter((name) => name !== null).join(' → ')}（${MOVES[how]}${people.length === 0 ? '' : `：${people.join('、')}`}）`).join('；') || '等待中，按新版本继续'
