/** Where a document goes: to a superior, to subordinates, or to bodies of no rank relation. */
export type Direction = 'up' | 'down' | 'level'

export type DocType =
  | 'resolution' | 'decision' | 'order' | 'communique' | 'proclamation' | 'announcement' | 'opinion' | 'notice'
  | 'circular' | 'report' | 'request' | 'reply' | 'motion' | 'letter' | 'minutes'

/** `names`: how the type may end a title; `directions`: the first is the usual one. */
export type DocTypeEntry = { readonly code: DocType; readonly label: string; readonly names: readonly string[]; readonly directions: readonly Direction[]; readonly use: string }

/** The 15 文种 of 党政机关公文处理工作条例 art. 8, in its order. */
export const DOC_TYPES: readonly DocTypeEntry[] = [
  { code: 'resolution', label: '决议', names: ['决议'], directions: ['down'], use: '会议讨论通过的重大决策事项' },
  { code: 'decision', label: '决定', names: ['决定'], directions: ['down'], use: '对重要事项作出决策和部署、奖惩有关单位和人员、变更或者撤销下级机关不适当的决定事项' },
  { code: 'order', label: '命令（令）', names: ['命令', '令'], directions: ['down'], use: '公布行政法规和规章、宣布施行重大强制性措施、批准授予和晋升衔级、嘉奖有关单位和人员' },
  { code: 'communique', label: '公报', names: ['公报'], directions: ['down'], use: '公布重要决定或者重大事项' },
  { code: 'proclamation', label: '公告', names: ['公告'], directions: ['down'], use: '向国内外宣布重要事项或者法定事项' },
  { code: 'announcement', label: '通告', names: ['通告'], directions: ['down'], use: '在一定范围内公布应当遵守或者周知的事项' },
  { code: 'opinion', label: '意见', names: ['意见'], directions: ['down', 'up', 'level'], use: '对重要问题提出见解和处理办法' },
  { code: 'notice', label: '通知', names: ['通知'], directions: ['down'], use: '发布、传达要求下级机关执行和有关单位周知或者执行的事项，批转、转发公文' },
  { code: 'circular', label: '通报', names: ['通报'], directions: ['down'], use: '表彰先进、批评错误、传达重要精神和告知重要情况' },
  { code: 'report', label: '报告', names: ['报告'], directions: ['up'], use: '向上级机关汇报工作、反映情况，回复上级机关的询问' },
  { code: 'request', label: '请示', names: ['请示'], directions: ['up'], use: '向上级机关请求指示、批准' },
  { code: 'reply', label: '批复', names: ['批复'], directions: ['down'], use: '答复下级机关请示事项' },
  { code: 'motion', label: '议案', names: ['议案'], directions: ['level'], use: '各级人民政府按照法律程序向同级人民代表大会或者其常务委员会提请审议事项' },
  { code: 'letter', label: '函', names: ['函'], directions: ['level'], use: '不相隶属机关之间商洽工作、询问和答复问题、请求批准和答复审批事项' },
  { code: 'minutes', label: '纪要', names: ['纪要'], directions: ['down'], use: '记载会议主要情况和议定事项' },
]

const BY_CODE: ReadonlyMap<DocType, DocTypeEntry> = new Map(DOC_TYPES.map((entry) => [entry.code, entry]))

export const docTypeLabel = (code: DocType): string => BY_CODE.get(code)?.label ?? code

export const directionsOf = (code: DocType): readonly Direction[] => BY_CODE.get(code)?.directions ?? []

/** The type whose name ends a text; the longest name wins (命令 before 令). */
export function docTypeAtEnd(text: string): { code: DocType; name: string } | null {
  const names = DOC_TYPES.flatMap(({ code, names }) => names.map((name) => ({ code, name })))
  return names.filter(({ name }) => text.endsWith(name)).sort((a, b) => b.name.length - a.name.length)[0] ?? null
}
