/** Largest Word file that is read, in megabytes. */
export const MOST_MEGABYTES = 50
