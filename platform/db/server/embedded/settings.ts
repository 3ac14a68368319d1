/** Settings of the server as given to `postgres -c name=value`. */
export type ServerSettings = Readonly<Record<string, string>>

const megabytes = (value: number): string => `${Math.floor(value)}MB`
const between = (least: number, value: number, most: number): number => Math.min(most, Math.max(least, value))

/** Settings for a small shared machine, from its memory in bytes; the server shares it with Node and the page cache. */
export function defaultSettings(memory: number): ServerSettings {
  const mb = memory / 1024 / 1024
  return {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '100',
    password_encryption: 'scram-sha-256',
    timezone: 'Asia/Shanghai',
    log_timezone: 'Asia/Shanghai',
    lc_messages: 'C', // the launcher reads the messages
    log_line_prefix: '[%p] ',
    shared_buffers: megabytes(between(64, mb / 16, 1024)),
    effective_cache_size: megabytes(between(256, mb / 4, 6144)),
    work_mem: '8MB',
    maintenance_work_mem: megabytes(between(64, mb / 64, 512)),
    max_wal_size: '2GB',
    wal_compression: 'on',
    random_page_cost: '1.1',
    // Two cores serve many short queries: compiling and splitting them costs more than it gains, and parallel workers
    // need /dev/shm, which containers keep small.
    jit: 'off',
    max_parallel_workers_per_gather: '0',
  }
}
