import type { DictionaryDefinition } from '#kit/module.ts'

export const incomingDictionaries: readonly DictionaryDefinition[] = [
  {
    name: 'documents.incoming-category', label: '来文类别',
    entries: [
      { code: 'superior', label: '上级来文' }, { code: 'peer', label: '平级来文' }, { code: 'subordinate', label: '下级来文' }, { code: 'letter', label: '信函' },
      { code: 'meeting', label: '会议通知' }, { code: 'briefing', label: '简报' }, { code: 'instruction', label: '领导批示' },
    ],
  },
]
