const GIB = 1024 ** 3

/** Ranks that share a quota: `upTo` is the highest number of `level` that belongs to the band (lower is higher). */
export type Band = { readonly id: 'bureau' | 'county' | 'township' | 'staff' | 'organisation'; readonly label: string; readonly upTo: number; readonly quota: number }

/** What the installation begins with; an administrator may set other quotas. */
export const BANDS: readonly Band[] = [
  { id: 'bureau', label: '厅局级', upTo: 29, quota: 50 * GIB },
  { id: 'county', label: '县处级', upTo: 39, quota: 30 * GIB },
  { id: 'township', label: '乡科级', upTo: 49, quota: 20 * GIB },
  { id: 'staff', label: '其他人员', upTo: Number.MAX_SAFE_INTEGER, quota: 10 * GIB },
  { id: 'organisation', label: '单位邮箱和公共邮箱', upTo: Number.MAX_SAFE_INTEGER, quota: 50 * GIB },
]

/** Quotas that differ from those of the bands. */
export type SetQuotas = Readonly<Partial<Record<string, number>>>

export const quotaOf = (id: Band['id'], set: SetQuotas): number => set[id] ?? BANDS.find((band) => band.id === id)?.quota ?? 0

/** Quota of a person of a rank. */
export const quotaAt = (level: number, set: SetQuotas): number => quotaOf(BANDS.find(({ upTo }) => level <= upTo)?.id ?? 'staff', set)
