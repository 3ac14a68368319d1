import { useSavePreferences, useSignedIn } from './session.ts'

/** What most opinions say; a person's own list takes its place once it was changed. */
const USUAL: readonly string[] = ['同意。', '拟同意，请领导审定。', '请按程序办理。', '已阅。', '请补充有关情况后再报。']

/** Common phrases of this person, kept with the preferences. */
export function usePhrases(): readonly string[] {
  const own = useSignedIn().preferences['phrases']
  return Array.isArray(own) ? own.filter((one): one is string => typeof one === 'string') : USUAL
}

export function useSavePhrases(): (phrases: readonly string[]) => void {
  const save = useSavePreferences()
  return (phrases) => save.mutate({ phrases })
}
