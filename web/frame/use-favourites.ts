import { useSavePreferences, useSignedIn } from '#ui/api/session.ts'
import { favouritesOf, toggledFavourite } from './menu-model.ts'

/** The applications this person keeps on top, remembered with the account. */
export function useFavourites() {
  const { preferences } = useSignedIn()
  const save = useSavePreferences()
  const ids = favouritesOf(preferences['favourites'])
  return { ids, toggle: (id: string) => save.mutate({ favourites: toggledFavourite(ids, id) }) }
}
