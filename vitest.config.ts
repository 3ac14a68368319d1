import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    environment: 'happy-dom',
    include: ['{ui,web,mobile}/**/*.test.{ts,tsx}'],
    setupFiles: ['ui/testing/setup.ts'],
    pool: 'threads',
    maxWorkers: 1,
  },
})
