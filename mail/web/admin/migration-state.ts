import type { Tone } from '#ui/components/tag.tsx'
import type { MigrationWire } from '../../migration-api.ts'

/** How a migration stands, in a word. */
export function stateOf({ state, accounts, done, failed, running }: MigrationWire): readonly [Tone, string] {
  if (state === 'ended') return done === accounts ? ['green', '已完成'] : ['plain', '已结束']
  if (state === 'paused') return ['amber', '已暂停']
  return failed > 0 && done + failed === accounts ? ['seal', '有失败，待处理'] : ['primary', running > 0 ? '正在迁移' : '等待中']
}
