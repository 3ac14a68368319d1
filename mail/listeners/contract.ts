import type { Listening, Role } from '#platform/config/contract.ts'

/** A port of the mail servers by its setting. */
export type PortId = keyof Listening['ports']

/** The last thing that went wrong at a port. */
export type PortError = { readonly text: string; readonly at: string }

/** How a port stands: `listening` is open, `failed` could not be opened (`reason` in Chinese), `off` was switched off or belongs to another process. */
export type PortState = {
  readonly id: PortId; readonly title: string; readonly role: Role; readonly port: number; readonly state: 'listening' | 'failed' | 'off'; readonly reason: string | null; readonly open: number; readonly refused: number
  readonly lastError: PortError | null
}
