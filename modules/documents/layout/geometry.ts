/**
 * Measures of GB/T 9704-2012《党政机关公文格式》. Lengths in mm from the page's top left corner, type sizes in pt.
 * This file is the only place with such numbers; the Typst templates receive them as data.
 */

/** Points in a millimetre. */
export const PT_PER_MM = 72 / 25.4

/** 5.1, 5.2.1: A4, 天头 37 mm, 订口 28 mm, 版心 156 mm × 225 mm. */
export const PAGE = { width: 210, height: 297, top: 37, left: 28, boxWidth: 156, boxHeight: 225, right: 26, bottom: 35 } as const

/** Type sizes: 2号 22 pt, 3号 16 pt, 4号 14 pt (often mistaken for 12). */
export const SIZE = { title: 22, body: 16, small: 14 } as const

/**
 * 5.2.3: 22 lines of 28 characters fill the 版心.
 * Pitch: 225 mm ÷ 22 = 28.99 pt. (3.3 defines a line as a 3号 character plus 7/8 of it, 30 pt, of which 22 would need 227.9 mm.)
 * Characters: 156 mm ÷ 28 = 15.793 pt, so 3号 type is set 0.207 pt tighter than its 16 pt body.
 */
export const GRID = {
  lines: 22,
  chars: 28,
  pitch: (PAGE.boxHeight * PT_PER_MM) / 22,
  char: (PAGE.boxWidth * PT_PER_MM) / 28,
  tracking: (PAGE.boxWidth * PT_PER_MM) / 28 - SIZE.body,
} as const

/** 7.2: the head of a document. */
export const HEAD = {
  /** 7.2.4: the mark's upper edge is 35 mm below the 版心's. */
  markTop: PAGE.top + 35,
  /** 7.2.5: the number stands two blank lines below the mark. */
  linesBelowMark: 2,
  /** 7.2.7: the red line is 4 mm below the number and as long as the 版心 is wide. The thickness is not fixed. */
  lineBelowNumber: 4,
  lineWidthPt: 1.7,
  /** 7.3.1: the title stands two blank lines below the red line. */
  linesBelowLine: 2,
} as const

/** 7.4.1: the lines of the 版记 are as long as the 版心 is wide; the outer two 0.35 mm, the inner ones 0.25 mm thick. */
export const IMPRINT = { outerLine: 0.35, innerLine: 0.25, bottom: PAGE.top + PAGE.boxHeight } as const

/** 7.5: the dash beside the page number is 7 mm below the 版心; the number keeps one character from the edge. */
export const FOLIO = { dash: PAGE.top + PAGE.boxHeight + 7, indentPt: SIZE.small } as const

/** 10.1: letter format (信函). */
export const LETTER = {
  /** The mark's upper edge is 30 mm below the page's. */
  markTop: 30,
  /** Red double line (thick over thin) 4 mm below the mark. */
  lineBelowMark: 4,
  /** Red double line (thin over thick) 20 mm above the page's lower edge. */
  lowerLine: PAGE.height - 20,
  /** Both are 170 mm long and centred. */
  lineLength: 170,
  thickPt: 2,
  thinPt: 0.75,
  /** Distance between the centres of the thick and the thin line. The standard leaves it open. */
  gapPt: 2.6,
  /** 份号, 密级, 紧急程度 and number stand 7/8 of a 3号 character below the line. */
  belowLinePt: (SIZE.body * 7) / 8,
  linesAboveTitle: 2,
} as const

/** 7.3.5: seals. Diameter of a district government's seal; seals in a row must neither touch nor cross. */
export const SEAL = {
  diameter: 45,
  /** Distance between the centres of neighbouring seals. */
  spacing: 46.5,
  /** How far the seal's centre stands above the middle of 署名 and 成文日期 (the seal presses them with its lower half). */
  rise: 3,
  /** Blank lines between text and 署名, so that the seal's top is within one line of the text. */
  linesAbove: 2,
  dateIndentChars: 4,
} as const

/** Red of head and lines; 5.2.5 asks for red, on screen the pure one. */
export const RED = '#ff0000'
