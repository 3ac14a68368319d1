import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { chunkOf } from './tools/vite/chunks.ts'
import { printFirstPages } from './tools/vite/first-page.ts'

const root = import.meta.dirname
const entries = { web: resolve(root, 'web/index.html'), mobile: resolve(root, 'mobile/index.html') }

/** One build for both shells: `dist/web/index.html` is served at `/`, `dist/mobile/index.html` at `/m`, `dist/assets` is immutable. */
export default defineConfig({
  root,
  publicDir: 'web/public',
  plugins: [react(), printFirstPages({ limit: 450_000 })],
  build: {
    outDir: 'dist',
    // The build before stays for pages that are open; tools/build.ts removes older ones.
    emptyOutDir: false,
    target: 'es2022',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 2000,
    reportCompressedSize: false,
    rolldownOptions: {
      input: Object.fromEntries(Object.entries(entries).filter(([, file]) => existsSync(file))),
      output: { codeSplitting: { groups: [{ name: chunkOf }] } },
    },
  },
})
