import { addDays } from '#base/civil-date.ts'
import { kindOf } from '#kit/fields/kinds.ts'
import type { Entity, Field } from '#kit/entity.ts'
import { snake } from '#kit/entity.ts'
import type { ModuleDefinition } from '#kit/module.ts'
import { pick } from '#test/world/random.ts'
import type { Cell } from './copy-rows.ts'

/** What values are drawn from. */
export interface Pool {
  readonly random: () => number
  readonly dictionaries: ModuleDefinition['dictionaries']
  readonly personIds: readonly string[]
  readonly unitIds: readonly string[]
}

const WORDS = ['关于做好', '防汛防台', '安全生产', '城市更新', '营商环境', '专项检查', '工作的通知', '情况的报告', '实施方案', '会议纪要', '年度总结', '培训安排']

export const phrase = (random: () => number): string => `${pick(WORDS, random)}${pick(WORDS, random)}${pick(WORDS, random)}`

const dayFrom = (random: () => number): string => addDays('2020-01-01', Math.floor(random() * 2_500))

/** A value in the field's JSON form that its own checks accept; null where the field knows no made-up one. */
export function valueOf(field: Field, pool: Pool): unknown {
  const { random } = pool
  switch (field.kind) {
    case 'text':
      return phrase(random).slice(0, field.max ?? 60)
    case 'number':
      return Math.max(field.min ?? 0, Math.min(field.max ?? 100, Math.floor(random() * 100)))
    case 'computed':
      return field.as === 'number' ? Math.floor(random() * 20) : phrase(random)
    case 'date':
      return dayFrom(random)
    case 'date-time':
      return `${dayFrom(random)}T09:00:00.000Z`
    case 'period': {
      const start = dayFrom(random)
      return { start, startHalf: 'am', end: addDays(start, Math.floor(random() * 5)), endHalf: 'pm' }
    }
    case 'yes-no':
      return random() < 0.5
    case 'choice':
      return pick(Object.keys(field.options), random)
    case 'dictionary': {
      const entries = pool.dictionaries.find(({ name }) => name === field.dictionary)?.entries ?? []
      return entries.length === 0 ? null : pick(entries, random).code
    }
    case 'person':
      return pick(pool.personIds, random)
    case 'people':
      return [pick(pool.personIds, random)]
    case 'unit':
      return pick(pool.unitIds, random)
    case 'units':
      return [pick(pool.unitIds, random)]
    default:
      return field.kind === 'structured' && field.required === true ? {} : null
  }
}

/** Columns of an entity's fields, in a fixed order. */
export const fieldColumnNames = (entity: Entity): string[] =>
  Object.entries(entity.fields).flatMap(([key, field]) => Object.keys(kindOf(field).columns(field)).map((suffix) => (suffix === '' ? snake(key) : `${snake(key)}_${suffix}`)))

/** Made-up cells for those columns. */
export const fieldCells = (entity: Entity, pool: Pool): Cell[] =>
  Object.values(entity.fields).flatMap((field) => {
    const cells = kindOf(field).toColumns(valueOf(field, pool), field)
    return Object.keys(kindOf(field).columns(field)).map((suffix) => (cells[suffix] ?? null) as Cell)
  })
