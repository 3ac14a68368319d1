// node tools/run.mjs <file> [arguments]: runs a TypeScript file with the pinned Node, installing what is missing first.
import { main, prepare, run } from './launch.mjs'

await main(async () => {
  const args = process.argv.slice(2)
  if (args.length === 0) throw new Error('用法：node tools/run.mjs <文件> [参数……]')
  await prepare()
  return run(args)
})
