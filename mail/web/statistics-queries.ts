import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { address, get } from '#ui/api/client.ts'
import type { StatisticsWire } from '../statistics-api.ts'

export type Period = { readonly from: string; readonly to: string; readonly domain: string }

const told = ({ from, to, domain }: Period): Readonly<Record<string, string>> => ({ from, to, ...(domain !== '' && { domain }) })

export const useStatistics = (period: Period) => useQuery({ queryKey: ['mail', 'statistics', period], queryFn: () => get<StatisticsWire>('/api/mail/statistics', told(period)), placeholderData: keepPreviousData })
export const statisticsSheet = (period: Period): string => address('/api/mail/statistics-report', told(period))
