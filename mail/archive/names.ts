/** Signs that some file system does not allow, a dot or space at an end, and the sign that writes them. */
const FORBIDDEN = /[\p{Cc}\\/:*?"<>|%]|^[. ]|[. ]$/gu

/** A level of a mailbox name, or a title, as the name of a file; `nameOf` reads it back. */
export const fileNameOf = (text: string): string => text.replace(FORBIDDEN, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`)

export const nameOf = (file: string): string => file.replace(/%([\dA-F]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))

/** A mailbox as a path of folders. */
export const pathOf = (mailbox: string): readonly string[] => mailbox.split('/').map(fileNameOf)
