import type { FontTable } from '#platform/print/contract.ts'

/**
 * Faces shipped in `fonts/`: FandolSong-Bold stands in for 方正小标宋, FandolFang for 仿宋_GB2312, FandolKai for 楷体_GB2312.
 * The fallback families draw rarer characters, mostly in personal and place names.
 */
export const DEFAULT_FONTS: FontTable = {
  title: { family: 'FandolSong', weight: 700 },
  body: { family: 'FandolFang R', weight: 400 },
  kai: { family: 'FandolKai', weight: 400 },
  hei: { family: 'FandolHei', weight: 400 },
  song: { family: 'FandolSong', weight: 400 },
  fallback: ['Chengming Rare Kai', 'Chengming Rare Song', 'FandolSong'],
}
