import type { Page } from 'playwright-core'

/** Runs in the page: what a person would call broken about how it lies there. */
function faults(): string[] {
  const found: string[] = []
  const wide = document.documentElement.scrollWidth - window.innerWidth
  if (wide > 0) found.push(`the page is ${wide} px too wide`)
  const scrolls = (element: Element): boolean => /auto|scroll/.test(getComputedStyle(element).overflowX)
  const within = (element: Element): boolean => {
    for (let at = element.parentElement; at !== null; at = at.parentElement) if (scrolls(at) && at.scrollWidth > at.clientWidth + 1) return true
    return false
  }
  const name = (element: Element): string => `${element.tagName.toLowerCase()}.${element.className} “${(element.textContent ?? '').slice(0, 20)}”`
  for (const element of document.querySelectorAll('main.frame-page, .leave-body, .record-scroll, .form-scroll')) {
    if (scrolls(element) && element.scrollWidth > element.clientWidth + 1) found.push(`${name(element)} scrolls sideways`)
  }
  for (const element of document.querySelectorAll('button, a, input, [role=tab]')) {
    const box = element.getBoundingClientRect()
    if (box.width > 0 && (box.right > window.innerWidth + 1 || box.left < -1) && !within(element) && !element.matches('.skip')) found.push(`${name(element)} sticks out`)
  }
  for (const element of document.querySelectorAll<HTMLElement>('*')) {
    const style = getComputedStyle(element)
    if (style.textOverflow !== 'ellipsis' || element.scrollWidth <= element.clientWidth + 1 || element.clientWidth === 0) continue
    if (element.closest('[title], input, .ant-select') === null && element.querySelector('[title]') === null) found.push(`${name(element)} is cut without saying the whole`)
  }
  return [...new Set(found)]
}

/** What is wrong with how the page lies in its window; nothing when all is well. */
export const layoutFaults = (page: Page): Promise<string[]> => page.evaluate(faults)

/** Collects what a page complains about: errors of the console, requests that failed or were refused. Streams that end with the page do not count. */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = []
  page.on('console', (message) => { if (message.type() === 'error') complaints.push(`console: ${message.text()}`) })
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`))
  page.on('response', (answer) => { if (answer.status() >= 400) complaints.push(`${answer.status()} ${answer.url()}`) })
  page.on('requestfailed', (request) => { if (request.failure()?.errorText !== 'net::ERR_ABORTED') complaints.push(`failed: ${request.url()}`) })
  return complaints
}

interface Menu {
  readonly apps: readonly {
    readonly id: string
    readonly path: string
    readonly lists: readonly { readonly entity: string }[]
    readonly creates: readonly { readonly entity: string }[]
    readonly pages: readonly { readonly name: string; readonly on?: string }[]
  }[]
}

const OWN = ['/', '/todo', '/todo?box=done', '/directory', '/me', '/me/sessions'] as const

/** Every address this person can reach from the menus, and the first record of each list: beside the list and by itself. */
export async function placesOf(page: Page, address: string): Promise<readonly string[]> {
  const json = async <T>(path: string): Promise<T> => (await (await page.request.get(address + path)).json()) as T
  const { apps } = await json<Menu>('/api/meta')
  const lists = apps.flatMap((app) => app.lists.map(({ entity }) => entity))
  const records = await Promise.all(lists.map(async (entity) => {
    const { items } = await json<{ items: { id: string }[] }>(`/api/records/${entity}?limit=1`)
    return items.flatMap(({ id }) => [`/app/${entity}/${id}`, `/app/${entity}?tab=全部&open=${id}`])
  }))
  const places = apps.flatMap((app) => [
    app.path, ...app.lists.map(({ entity }) => `/app/${entity}?tab=全部`), ...app.creates.map(({ entity }) => `/app/${entity}/new`),
    ...app.pages.filter(({ name, on }) => on !== 'mobile' && name !== 'home').map(({ name }) => `/${app.id}/${name}`),
  ])
  return [...new Set([...OWN, ...places, ...records.flat()])]
}

/** Waits until a page shows what it has: no skeleton, no spinner, no request under way. */
export async function settled(page: Page): Promise<void> {
  await page.locator('main h1, main [role=tablist], main form, main .card').first().waitFor()
  await page.waitForFunction(() => document.querySelector('.bones, .ant-spin-spinning') === null && document.fonts.status === 'loaded')
}
