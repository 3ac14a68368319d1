import { createRoot } from 'react-dom/client'
import type { Root } from 'react-dom/client'
import { unstableSetRender } from 'antd-mobile'
import { putHomeBefore } from '#ui/phone/frame/history.ts'
import { renewOnNewerVersion } from '#ui/lib/newer-version.ts'
import { App } from './app.tsx'
import '#ui/base.css'
import '#ui/phone/phone.css'

const roots = new WeakMap<Element | DocumentFragment, Root>()

// Dialogs opened by a call draw into roots of their own; with React 19 the library is told how.
unstableSetRender((node, container) => {
  const root = roots.get(container) ?? createRoot(container)
  roots.set(container, root)
  root.render(node)
  return async () => {
    await Promise.resolve()
    root.unmount()
    roots.delete(container)
  }
})

const { pathname, search, hash } = window.location
putHomeBefore(window.history, '/m', pathname + search + hash)

renewOnNewerVersion(window)
const root = document.getElementById('root')
if (root === null) throw new Error('the page has no root')
createRoot(root).render(<App />)
