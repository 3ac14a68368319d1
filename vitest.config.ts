import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    environment: 'happy-dom',
    include: ['{ui,web,mobile}/**/*.test.{ts,tsx}'],
    pool: 'threads',
    maxWorkers: 1,
  },
})
