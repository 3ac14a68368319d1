/** How other servers should deliver to a domain of ours: 'none' takes back what was said before. */
export type StsMode = 'none' | 'testing' | 'enforce'
/** `id`: changes with each policy. */
export type StsPolicy = { readonly mode: StsMode; readonly id: string }

const DAY = 86_400
/** Seconds others keep it: not long while it is tried out or given up. */
const AGES: Readonly<Record<StsMode, number>> = { none: DAY, testing: DAY, enforce: 14 * DAY }

/** The file at `https://mta-sts.<domain>/.well-known/mta-sts.txt` (RFC 8461 3.2). */
export const policyFile = (mode: StsMode, host: string): string => `version: STSv1\r\nmode: ${mode}\r\n${mode === 'none' ? '' : `mx: ${host}\r\n`}max_age: ${AGES[mode]}\r\n`

/** The domain whose policy is asked for under a host name; null when it is none. */
export const policyDomain = (host: string): string | null => /^mta-sts\.([a-z0-9.-]{3,253}?)(?::\d+)?$/i.exec(host)?.[1]?.toLowerCase() ?? null
