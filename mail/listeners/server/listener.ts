import type { Socket } from 'node:net'
import type { SecureContext } from 'node:tls'
import type { Runtime } from '#platform/registry/server/runtime.ts'
import type { Listening, Role, SettingName } from '#platform/config/contract.ts'
import type { Guest } from '../../wire/guests.ts'
import type { PortId } from '../contract.ts'

/** What the listeners of a process share. */
export type ListenerParts = { readonly runtime: Runtime; readonly listening: Listening; readonly tls: SecureContext }

/** A connection that a protocol took over. `leave` says goodbye to the client and ends it. */
export type Hosted = { leave(why: string): void }

/** Takes over a connection that was let in, encrypted already where the port is; the guest's places are given back when the socket closes. */
export type Serve = (socket: Socket, guest: Guest) => Hosted

/** A protocol behind its ports: `open` runs once in a process for all of them, before the first connection; `close` when they are closed. */
export type MailServer = {
  readonly role: Role
  readonly ports: readonly { readonly id: PortId; readonly title: string; readonly setting: SettingName; readonly secure: boolean }[]
  readonly open: (parts: ListenerParts) => Promise<{ serve(id: PortId): Serve; close(): Promise<void> }>
}
