/** A generated file from the sources of the repository, given as text by path. Must be the same on every machine. */
export type Generator = { path: string; text: (sources: ReadonlyMap<string, string>) => string }
