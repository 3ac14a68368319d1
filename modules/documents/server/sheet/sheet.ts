import { readFileSync } from 'node:fs'
import path from 'node:path'
import { formatInstant } from '#base/civil-date.ts'
import type { TimelineWire } from '#kit/wire/task.ts'
import { printer } from '#modules/documents/server/printer.ts'

/** A line of the upper part; two narrow ones share a row, so narrow ones come in pairs. */
export interface Fact {
  readonly label: string
  readonly text: string
  readonly wide: boolean
}

export interface Sheet {
  readonly heading: string
  readonly facts: readonly Fact[]
  readonly entries: TimelineWire['entries']
}

interface Opinion {
  readonly step: string
  readonly text: string
  readonly name: string
  readonly unit: string
  readonly at: string
}

const TEMPLATE = readFileSync(path.join(import.meta.dirname, 'sheet.typ'), 'utf8')
const RED = '#C8102E'

/** A bare signature counts as consent (条例 art. 22): the outcome stands where no words were written. */
const opinionText = (outcome: string | null, opinion: string | null): string => [outcome, opinion].filter((part) => part !== null && part !== '').join('：')

const opinionsOf = (entries: Sheet['entries']): Opinion[] =>
  entries.flatMap(({ step, state, people }) =>
    people.filter(({ at, outcome, opinion }) => at !== null && (state === 'done' || state === 'returned' || state === 'now') && (outcome ?? opinion) !== null).map((person) => ({
      step, text: opinionText(person.outcome, person.opinion), name: person.onBehalfOf === null ? person.name : `${person.name}（代${person.onBehalfOf}）`, unit: person.unitName,
      at: formatInstant(new Date(person.at ?? 0)),
    })),
  )

/** 处理单 with every opinion, as PDF. */
export function sheetPdf({ heading, facts, entries }: Sheet): Promise<Uint8Array> {
  const { fonts, compilePdf } = printer()
  return compilePdf('#include "/sheet.typ"', {
    files: { '/sheet.typ': TEMPLATE, '/data.json': JSON.stringify({ heading, facts, opinions: opinionsOf(entries), fonts, red: RED }) },
  })
}
