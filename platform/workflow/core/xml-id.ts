/** An id of a flow as an XML id: other signs are written by their code. */
export const xmlId = (id: string): string => (/^[A-Za-z_]/u.test(id) ? id : `_${id}`).replace(/[^A-Za-z0-9_.-]/gu, (sign) => `_x${sign.codePointAt(0)?.toString(16) ?? ''}_`)
