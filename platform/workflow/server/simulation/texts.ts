import type { DueField, Span } from '#kit/flow.ts'
import type { Condition } from '#kit/where.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { registryOf } from '#platform/registry/server/of.ts'
import type { SimulatedWay } from '../../core/simulate.ts'
import type { Difference } from '../../core/replay.ts'
import { fill, operatorWords, outcomeWords, replayWords, unitWords } from '../../words.ts'

/** A condition as the form's own words say it: 「天数 大于 3」. */
export function conditionInWords(ctx: ServerContext, entity: string, condition: Condition): string {
  if (condition.kind !== 'field') {
    const parts = condition.kind === 'and' ? condition.all : condition.any
    return parts.map((part) => (part.kind === 'field' ? conditionInWords(ctx, entity, part) : `（${conditionInWords(ctx, entity, part)}）`)).join(condition.kind === 'and' ? ' 且 ' : ' 或 ')
  }
  const [key = '', ...rest] = condition.field.split('.')
  const field = registryOf(ctx).entity(entity)?.entity.fields[key]
  const label = [field?.label ?? key, ...rest].join('·')
  const options: Readonly<Record<string, string>> = field !== undefined && 'options' in field && typeof field.options === 'object' ? (field.options as Readonly<Record<string, string>>) : {}
  const named = (value: unknown): string => (typeof value === 'boolean' ? (value ? '是' : '否') : (options[String(value)] ?? String(value)))
  const value = condition.op === 'empty' || condition.op === 'filled' ? '' : ` ${[condition.value].flat().map((one) => (typeof one === 'object' && one !== null ? JSON.stringify(one) : named(one))).join('、')}`
  return `${label} ${operatorWords[condition.op]}${value}`
}

/** What a way asks for; null: nothing. */
export function wayInWords(ctx: ServerContext, entity: string, { when, on }: Pick<SimulatedWay, 'when' | 'on'>): string | null {
  const parts = [...(on === null ? [] : [fill(replayWords.outcome, { outcome: outcomeWords[on] ?? on })]), ...(when === null ? [] : [conditionInWords(ctx, entity, when)])]
  return parts.length === 0 ? null : parts.join('，')
}

const limitInWords = (due: Span | DueField | null): string => (due === null ? replayWords.noLimit : 'field' in due ? replayWords.fieldLimit : `${due.n} ${unitWords[due.unit]}`)

const names = (people: readonly string[]): string => (people.length === 0 ? replayWords.nobody : people.join('、'))

export function differenceInWords(one: Difference): string {
  switch (one.kind) {
    case 'added':
    case 'removed': return fill(replayWords[one.kind], { step: one.step, people: names(one.people) })
    case 'people': return fill(replayWords.people, { step: one.step, from: names(one.from), to: names(one.to), why: one.why })
    case 'limit': return fill(replayWords.limit, { step: one.step, from: limitInWords(one.from), to: limitInWords(one.to) })
    case 'stopped': return fill(replayWords.stopped, { step: one.step })
  }
}
