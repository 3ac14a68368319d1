import type { FlowRunWire, TroubleWire } from '#kit/wire/flow-run.ts'

/** Where a case is and who has it, in a line. */
export const stepText = ({ steps }: Pick<FlowRunWire, 'steps'>): string => steps.map(({ name, parts }) => `${name}：${parts.map((part) => part.name).join('、')}`).join('；')

/** The first limit of its open steps. */
export const soonest = ({ steps }: Pick<FlowRunWire, 'steps'>): string | null => steps.flatMap(({ due }) => due ?? []).toSorted()[0] ?? null

/** When the longest open of its steps began; null: it waits by itself. */
export const longestStay = ({ steps }: Pick<FlowRunWire, 'steps'>): string | null => steps.map(({ since }) => since).toSorted()[0] ?? null

/** What sort of trouble keeps a case from going on, in a word. */
export const TROUBLES: Readonly<Record<TroubleWire['kind'], string>> = { nobody: '无人办理', unit: '单位已撤销', choice: '无路可走', loop: '循环', effect: '服务出错', timer: '定时失败', left: '人员离岗', still: '停在汇合处' }

/** Why a case needs whoever manages it; without a trouble of its own it has only been quiet for long. */
export const reasonText = ({ stuck }: Pick<FlowRunWire, 'stuck'>): string => stuck ?? '两周没有任何进展'
