/** How far a permission reaches, from one's own records to the whole district. */
export const SCOPES = ['own', 'participant', 'unit', 'unit-and-below', 'organisation', 'district'] as const
export type Scope = (typeof SCOPES)[number]

/** Roles known without any administrator; further ones are data. `everyone` is every signed-in person. */
export type RoleId =
  | 'everyone' | 'leader' | 'unit-head' | 'office-head' | 'department-head' | 'clerk' | 'doc-secretary' | 'doc-registrar' | 'mail-clerk' | 'liaison' | 'personnel'
  | 'department-admin' | 'system-admin' | 'security-admin' | 'auditor' | 'ops'

/** Action → role → scope: who may do what, and with which records. */
export type AccessMatrix<A extends string = string> = Readonly<Record<A, Readonly<Partial<Record<RoleId, Scope>>>>>

export const access = <const M extends AccessMatrix>(matrix: M): M => matrix
