import { GRID, PAGE, PT_PER_MM } from '#modules/documents/layout/geometry.ts'
import type { Mark } from '#modules/documents/layout/data.ts'
import type { OfficialDocument } from '#modules/documents/layout/model.ts'
import { charWidth } from '#modules/documents/layout/text.ts'

/** Letters of the mark are set narrow, as printing houses do, so that a long name still stands tall. */
const STRETCH = 0.75
const LARGEST = 60
/** Share of the box the mark may fill. */
const WIDTH = PAGE.boxWidth * PT_PER_MM * 0.985
/** Height in pt that the names of joint organs share, so that the first page still shows text. */
const JOINT_HEIGHT = 6 * GRID.pitch

function round(value: number): number {
  return Math.floor(value * 10) / 10
}

/** Sizes of 发文机关标志. The standard leaves them free (7.2.4: 醒目、美观、庄重); they follow from the width of the box. */
export function markOf(document: OfficialDocument): Mark {
  const names = document.issuers
  const suffix = document.format === 'document' && document.withSuffix === true ? '文件' : ''
  const longest = Math.max(...names.map(charWidth), 1)
  const largest = document.format === 'document' ? LARGEST : LARGEST * 0.8
  if (names.length === 1) {
    const size = round(Math.min(largest, WIDTH / STRETCH / (longest + charWidth(suffix))))
    return { names, suffix, size, suffixSize: size, nameWidth: 0, stretch: STRETCH }
  }
  const factor = suffix === '' ? longest : longest + 0.5 + 2 * 1.4
  const size = round(Math.min(largest * 0.7, JOINT_HEIGHT / names.length / 1.22, WIDTH / STRETCH / factor))
  return { names, suffix, size, suffixSize: round(size * 1.4), nameWidth: size * longest, stretch: STRETCH }
}
