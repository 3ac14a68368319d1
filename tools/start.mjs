// npm start: dependencies, browser side, server. Each step only when something changed.
import { main, prepare, run } from './launch.mjs'

await main(async () => {
  await prepare()
  const built = await run(['tools/build.ts', '--if-changed'])
  return built === 0 ? run(['apps/server.ts', ...process.argv.slice(2)]) : built
})
