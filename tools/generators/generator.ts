import type { Registry } from '#platform/registry/server/registry.ts'

/** What generated files are made from: sources of the repository as text by path, and everything known by name. */
export interface Material {
  readonly sources: ReadonlyMap<string, string>
  readonly registry: Registry
}

/** A generated file; must be the same on every machine. */
export type Generator = { path: string; text: (material: Material) => string }
