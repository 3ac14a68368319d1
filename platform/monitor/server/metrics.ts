import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Runtime } from '#platform/registry/server/runtime.ts'

export interface Metrics {
  readonly contentType: string
  /** One finished request. `route` is the pattern of its address, never the address itself. */
  finished(method: string, route: string, status: number, seconds: number): void
  text(): Promise<string>
}

function poolGauge(registry: Registry, { database: { pool } }: Runtime): void {
  const gauge = new Gauge({
    name: 'chengming_pool_connections', help: 'Database connections by state', labelNames: ['state'], registers: [],
    collect() {
      this.set({ state: 'open' }, pool.totalCount)
      this.set({ state: 'idle' }, pool.idleCount)
      this.set({ state: 'waiting' }, pool.waitingCount)
    },
  })
  registry.registerMetric(gauge)
}

/** The services' own values. One that cannot answer is left out, and its absence shows. */
async function readGauges(registry: Registry, runtime: Runtime): Promise<void> {
  for (const service of runtime.registry.services) {
    try {
      for (const [name, value] of Object.entries((await service.gauges?.(runtime)) ?? {})) {
        const known = registry.getSingleMetric(name)
        const gauge = known instanceof Gauge ? known : new Gauge({ name, help: `${service.id}: see its README`, registers: [registry] })
        gauge.set(value)
      }
    } catch (error) {
      runtime.log.warn({ err: error, service: service.id }, 'a service has no values to show')
    }
  }
}

/** Metrics of one process: event loop, memory, pool, requests, and what the services measure. */
export function createMetrics(runtime: Runtime): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  poolGauge(registry, runtime)
  const requests = new Histogram({
    name: 'chengming_http_seconds', help: 'Duration of requests', labelNames: ['method', 'route', 'status'], buckets: [0.005, 0.02, 0.05, 0.1, 0.3, 1, 3, 10], registers: [registry],
  })
  return {
    contentType: registry.contentType,
    finished: (method, route, status, seconds) => requests.observe({ method, route, status: `${Math.floor(status / 100)}xx` }, seconds),
    async text() {
      await readGauges(registry, runtime)
      return registry.metrics()
    },
  }
}
