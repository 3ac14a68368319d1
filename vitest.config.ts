import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    environment: 'happy-dom',
    include: ['{ui,web,mobile}/**/*.test.{ts,tsx}', 'modules/*/{web,mobile}/**/*.test.tsx'],
    pool: 'threads',
    maxWorkers: 1,
  },
})
