import type { FlowRunWire } from '#kit/wire/flow-run.ts'

/** Where a case is and who has it, in a line. */
export const stepText = ({ steps }: Pick<FlowRunWire, 'steps'>): string => steps.map(({ name, parts }) => `${name}：${parts.map((part) => part.name).join('、')}`).join('；')

/** The first limit of its open steps. */
export const soonest = ({ steps }: Pick<FlowRunWire, 'steps'>): string | null => steps.flatMap(({ due }) => due ?? []).toSorted()[0] ?? null

/** When the longest open of its steps began; null: it waits by itself. */
export const longestStay = ({ steps }: Pick<FlowRunWire, 'steps'>): string | null => steps.map(({ since }) => since).toSorted()[0] ?? null

/** Why a case needs whoever manages it. */
export const reasonText = ({ stuck, dead }: Pick<FlowRunWire, 'stuck' | 'dead'>): string => stuck ?? (dead > 0 ? `${dead} 个定时任务多次失败，见“失败的定时任务”` : '两周没有任何进展')
