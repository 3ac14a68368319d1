/** Hours as people say them: minutes below one hour, days from two days on. */
export function hoursText(hours: number): string {
  if (hours < 1) return `${Math.round(hours * 60)} 分钟`
  return hours < 48 ? `${Math.round(hours * 10) / 10} 小时` : `${Math.round((hours / 24) * 10) / 10} 天`
}

export const percentText = (rate: number): string => `${Math.round(rate * 1000) / 10}%`
