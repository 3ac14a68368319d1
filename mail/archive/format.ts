/** A message on its way out of, or into, an account; octets exactly as accepted. */
export type Archived = {
  /** Name of the mailbox with `/` between levels. */
  readonly mailbox: string
  readonly raw: Buffer
  /** System flags as IMAP spells them, then keywords. */
  readonly flags: readonly string[]
  /** ms since 1970; null when the archive does not tell. */
  readonly internalAt: number | null
}

/** A message with its number, which gives it a file name that stays the same when an export is run again. */
export type Numbered = Archived & { readonly uid: number; readonly subject: string; readonly internalAt: number }

/** One way to keep mail in files. Folders are made when needed; files that are there are not written again. */
export type Format = {
  readonly id: 'maildir' | 'mbox' | 'eml'
  /** Writes one mailbox, messages in ascending order of UID; answers how many there were. */
  write(folder: string, mailbox: string, messages: AsyncIterable<Numbered>): Promise<number>
  /** Everything below a folder, or in one file; one message in memory at a time. */
  read(path: string): AsyncGenerator<Archived>
}

/** Octets of one message beyond this number are refused. */
export const LARGEST = 256 * 1024 * 1024
