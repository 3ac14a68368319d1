/** Why a recipient gets nothing, as SMTP tells it: reply code, enhanced status (RFC 3463), text; `chinese` is the text for people. */
export type Failed = { readonly code: number; readonly status: string; readonly text: string; readonly chinese?: string }

export const failed = (code: number, status: string, text: string): Failed => ({ code, status, text })

/** As one line, e.g. `550 5.1.1 no such mailbox`. */
export const failedLine = ({ code, status, text }: Failed): string => `${code} ${status} ${text}`
