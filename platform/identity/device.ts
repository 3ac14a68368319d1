const BROWSERS: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/MicroMessenger/, '微信'], [/DingTalk/, '钉钉'], [/Edg\//, 'Edge'], [/Firefox\//, '火狐'], [/360SE|QihooBrowser/, '360 浏览器'], [/Chrome\//, 'Chrome'], [/Safari\//, 'Safari'],
]
const SYSTEMS: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/HarmonyOS|OpenHarmony/, '鸿蒙'], [/Android/, '安卓'], [/iPhone|iPad/, 'iOS'], [/Windows/, 'Windows'], [/Mac OS X/, 'macOS'], [/UOS|Kylin|UnionTech/i, '国产桌面系统'], [/Linux/, 'Linux'],
]

const nameIn = (table: typeof BROWSERS, text: string): string | undefined => table.find(([pattern]) => pattern.test(text))?.[1]

/** Browser and system as people call them, from the User-Agent header. */
export const deviceName = (userAgent: string): string =>
  [nameIn(BROWSERS, userAgent), nameIn(SYSTEMS, userAgent)].filter((part) => part !== undefined).join(' · ') || '其他程序'
