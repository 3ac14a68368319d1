import type { Act, Operation } from '#ui/api/tasks.ts'

/** What a person has filled in for an operation. */
export interface Choices {
  readonly opinion: string
  readonly people: readonly string[]
  readonly target: string | null
  /** The short text an operation asks for. */
  readonly name: string
  readonly afterwards: 'rerun' | 'jump-back'
  /** The registered signature or none; missing: as set by the person. */
  readonly sign?: 'own' | 'none' | undefined
  /** A signature written by hand, as PNG in base64. */
  readonly drawn?: string | undefined
}

export const noChoices: Choices = { opinion: '', people: [], target: null, name: '', afterwards: 'rerun' }

/** Acts under which a signature stands. */
export const isSigned = (operation: Operation): boolean => operation.id === 'complete' || operation.id === 'return'

const BUTTONS = 2
const RISKY: readonly Operation['id'][] = ['terminate', 'withdraw', 'jump']

/** Whoever was only asked something (沟通) does not move the case. */
export const isAsked = ({ operations }: { readonly operations: readonly Operation[] }): boolean => operations.length > 0 && operations.every(({ outcome }) => outcome === 'answer')

export const isRisky = (operation: Operation): boolean => RISKY.includes(operation.id) || operation.outcome === 'reject'

/** The likely acts, at most two as buttons with the one that moves on first, and the rest under 更多. */
export function arrange(operations: readonly Operation[]): { readonly buttons: readonly Operation[]; readonly more: readonly Operation[] } {
  const likely = operations.filter((operation) => operation.likely)
  const forward = likely.filter((operation) => operation.id === 'complete' && !isRisky(operation))
  const buttons = [...forward, ...likely.filter((operation) => !forward.includes(operation))].slice(0, BUTTONS)
  return { buttons, more: operations.filter((operation) => !buttons.includes(operation)) }
}

/** Must be asked for more than the bar's opinion box holds. */
export function needsDialog(operation: Operation, opinion: string): boolean {
  return operation.people !== 'none' || operation.asks !== undefined || operation.targets !== undefined || operation.warns !== undefined || (operation.opinion === 'required' && opinion.trim() === '')
}

/** What is still missing, in words; null when the act may be sent. */
export function missing(operation: Operation, choices: Choices): string | null {
  if (operation.targets !== undefined && choices.target === null) return operation.id === 'return' ? '请选择退回到哪一步' : '请选择环节'
  if (operation.asks !== undefined && choices.name.trim() === '') return `请填写${operation.asks}`
  if (operation.people !== 'none' && choices.people.length === 0) return operation.people === 'one' ? '请选择一人' : '请选择人员'
  if (operation.people === 'one' && choices.people.length > 1) return '只能选择一人'
  return operation.opinion === 'required' && choices.opinion.trim() === '' ? '请填写意见' : null
}

/** The request for an operation; what it does not ask for is not sent. */
export function actOf(operation: Operation, choices: Choices, revision: number): Act {
  const opinion = operation.opinion === 'none' ? '' : choices.opinion.trim()
  return {
    operation: operation.id,
    revision,
    ...(operation.outcome !== undefined && { outcome: operation.outcome }),
    ...(opinion !== '' && { opinion }),
    ...(operation.people !== 'none' && { people: choices.people }),
    ...(operation.targets !== undefined && choices.target !== null && { target: choices.target }),
    ...(operation.asks !== undefined && { name: choices.name.trim() }),
    ...(operation.id === 'return' && { afterwards: choices.afterwards }),
    ...(isSigned(operation) && choices.sign !== undefined && { sign: choices.sign }),
    ...(isSigned(operation) && choices.drawn !== undefined && { drawn: choices.drawn }),
  }
}

/** Two operations of one kind, such as two outcomes, are told apart by both. */
export const keyOf = (operation: Operation): string => `${operation.id}:${operation.outcome ?? ''}`
