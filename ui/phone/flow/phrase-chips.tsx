import { usePhrases } from '#ui/api/phrases.ts'

interface Props {
  readonly opinion: string
  readonly use: (phrase: string) => void
  /** The act refuses: phrases that agree are left out. */
  readonly refusing?: boolean
}

/** 同意 or 已阅 as the first words: nobody sends something back with them. */
export const agrees = (phrase: string): boolean => /^(拟?同意|已阅|无意见)/u.test(phrase)

/** Common phrases of this person, one touch each. */
export function PhraseChips({ opinion, use, refusing = false }: Props) {
  const items = usePhrases().filter((phrase) => !(refusing && agrees(phrase)))
  if (items.length === 0) return null
  return (
    <div className="p-chips" role="group" aria-label="常用语">
      {items.map((phrase) => <button key={phrase} type="button" className="plain p-chip" aria-pressed={phrase === opinion} onClick={() => use(phrase)}>{phrase}</button>)}
    </div>
  )
}
