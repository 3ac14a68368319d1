/** After this many failed attempts a delivery becomes a dead letter and waits for a person. */
export const MOST_ATTEMPTS = 10

const HOUR_S = 3600

/** Seconds until the next attempt after `attempts` failed ones: 4, 16, 64, … at most an hour; ten attempts reach over some five hours. */
export const backOff = (attempts: number): number => Math.min(4 ** attempts, HOUR_S)
