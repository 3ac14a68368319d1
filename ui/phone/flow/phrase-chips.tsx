import { usePhrases } from '#ui/api/phrases.ts'

/** Common phrases of this person, one touch each. */
export function PhraseChips({ opinion, use }: { readonly opinion: string; readonly use: (phrase: string) => void }) {
  const items = usePhrases()
  if (items.length === 0) return null
  return (
    <div className="p-chips" role="group" aria-label="常用语">
      {items.map((phrase) => <button key={phrase} type="button" className="plain p-chip" aria-pressed={phrase === opinion} onClick={() => use(phrase)}>{phrase}</button>)}
    </div>
  )
}
