/**
 * The one place for colours, type and measures of both shells. Colours meet WCAG AA on the ground they are used on; seal red is kept for
 * official marks and destructive acts.
 */
export const colours = {
  ground: '#F5F6F8',
  surface: '#FFFFFF',
  sunken: '#F2F3F5',
  text: '#1F2329',
  text2: '#646A73',
  text3: '#6F757E',
  line: '#E4E6EB',
  lineStrong: '#C9CDD4',
  primary: '#1D4F91',
  primarySoft: '#E8EFF8',
  primaryLine: '#B9CDE6',
  seal: '#C8102E',
  sealSoft: '#FDECEE',
  amber: '#96590A',
  amberSoft: '#FFF4DE',
  green: '#1E7A3C',
  greenSoft: '#E6F4EA',
} as const

export type Density = 'comfortable' | 'compact'

/** How this person wants to see the pages; kept with the account and on the device. */
export interface Look {
  readonly shell: 'web' | 'mobile'
  readonly large: boolean
  readonly density: Density
}

export const FONT = "'Noto Sans SC Variable', 'Noto Sans SC', 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', 'Chengming Rare', sans-serif"
export const SERIF = "'FandolSong', 'Noto Serif CJK SC', 'Songti SC', 'SimSun', 'Chengming Rare', serif"

const LARGE_STEP = 4

/** Base type size in pixels: 14 on PC, 16 on the phone, four more in large mode. */
export const fontSize = (look: Look): number => (look.shell === 'mobile' ? 16 : 14) + (look.large ? LARGE_STEP : 0)

/** Height of a list row in pixels. */
export const rowHeight = (look: Look): number => (look.density === 'compact' ? 34 : 42) + (look.large ? 8 : 0)

const kebab = (name: string): string => name.replace(/[A-Z]/g, (sign) => `-${sign.toLowerCase()}`)

/** Everything style sheets may use, as custom properties. */
export function cssVariables(look: Look): Readonly<Record<string, string>> {
  const base = fontSize(look)
  return {
    ...Object.fromEntries(Object.entries(colours).map(([name, value]) => [`--${kebab(name)}`, value])),
    '--font': FONT,
    '--serif': SERIF,
    '--f': `${base}px`,
    '--f-s': `${base - 2}px`,
    '--f-l': `${base + 2}px`,
    '--f-xl': `${Math.min(base + 5, 24)}px`,
    '--row': `${rowHeight(look)}px`,
    '--control': `${look.large ? 40 : 32}px`,
    '--menu': look.large ? '240px' : '208px',
    '--radius': '8px',
  }
}
