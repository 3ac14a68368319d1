/** Answers of the directory that are kept while one context lives, so that a command asks each question once. */
export interface Memory {
  /** The answer known for this key, else that of `ask`. */
  once<T>(key: string, ask: () => Promise<T>): Promise<T>
  /** Looks ids up, asking only for those that are not known yet. */
  each(ids: readonly string[], ask: (unknown: readonly string[]) => Promise<Readonly<Record<string, string>>>): Promise<Readonly<Record<string, string>>>
  /** Makes a change of the directory; all answers are forgotten. */
  forgetting<T>(change: Promise<T>): Promise<T>
}

export function createMemory(): Memory {
  const answers = new Map<string, Promise<unknown>>()
  const texts = new Map<string, string>()
  const forget = (): void => {
    answers.clear()
    texts.clear()
  }
  return {
    once<T>(key: string, ask: () => Promise<T>) {
      const known = answers.get(key) ?? ask()
      answers.set(key, known)
      return known as Promise<T>
    },
    async each(ids, ask) {
      const unknown = ids.filter((id) => !texts.has(id))
      if (unknown.length > 0) for (const [id, text] of Object.entries(await ask(unknown))) texts.set(id, text)
      return Object.fromEntries(ids.flatMap((id) => {
        const text = texts.get(id)
        return text === undefined ? [] : [[id, text] as const]
      }))
    },
    async forgetting(change) {
      forget()
      try {
        return await change
      } finally {
        forget()
      }
    },
  }
}
