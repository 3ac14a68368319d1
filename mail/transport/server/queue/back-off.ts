const MINUTE = 60_000

/** ms until the next try after `attempts` failed ones: soon at first, at last every four hours (RFC 5321 4.5.4.1). */
export const backOff = (attempts: number): number => MINUTE * ([1, 5, 15, 30, 60, 120, 240][Math.max(0, attempts - 1)] ?? 240)

/** Senders hear of a delay once, after this time. */
export const WARN_AFTER_MS = 4 * 60 * MINUTE
