import { Worker } from 'node:worker_threads'

/** Memory of a worker in MB and the time it may take in ms: a hostile file ends the worker, not the server. */
export interface Bounds {
  readonly memory: number
  readonly time: number
}

const YOUNG = 64

/** Runs a worker on one job and answers what it posts first; `undefined` when it took too long, too much memory, or broke. */
export function inWorker<T>(file: URL, job: unknown, { memory, time }: Bounds): Promise<T | undefined> {
  const { promise, resolve } = Promise.withResolvers<T | undefined>()
  const worker = new Worker(file, { workerData: job, resourceLimits: { maxOldGenerationSizeMb: memory, maxYoungGenerationSizeMb: YOUNG }, execArgv: [], env: {}, stdout: true, stderr: true })
  // Libraries complain there about broken files, which is no news of the server's.
  for (const stream of [worker.stdout, worker.stderr]) stream.resume()
  const broken = (): void => resolve(undefined)
  const timer = setTimeout(broken, time)
  worker.once('message', resolve)
  worker.once('error', broken)
  worker.once('exit', broken)
  return promise.finally(() => {
    clearTimeout(timer)
    return worker.terminate()
  })
}
