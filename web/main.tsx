import '@fontsource-variable/noto-sans-sc/index.css'
import '#ui/base.css'
import { createRoot } from 'react-dom/client'
import { renewOnNewerVersion } from '#ui/lib/newer-version.ts'
import { App } from './app.tsx'

renewOnNewerVersion(window)
const root = document.getElementById('root')
if (root === null) throw new Error('the page has no root')
createRoot(root).render(<App />)
