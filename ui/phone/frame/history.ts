/** The part of the browser's history that is needed to put a page before the first one. */
export type Tab = Pick<History, 'state' | 'pushState' | 'replaceState'>

/**
 * A page opened by a link has nothing before it: going back would leave the application, even when only a sheet is to be closed. The first
 * page is put before it, in the writing of the router (`idx` counts the entries). Nothing happens on reloading.
 * @param home address of the first page, `here` that of the page opened
 */
export function putHomeBefore(tab: Tab, home: string, here: string): void {
  if (tab.state !== null || here === home || here === `${home}/`) return
  tab.replaceState({ usr: null, key: 'home', idx: 0 }, '', home)
  tab.pushState({ usr: null, key: 'opened', idx: 1 }, '', here)
}
