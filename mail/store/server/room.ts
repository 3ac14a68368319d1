import { Failure } from '#kit/failure.ts'

/** Whether the disk is full, that of the files or that of the database (class 53 of its codes). */
export const isDiskFull = (error: unknown): boolean => (error instanceof Failure ? error.code === 'files.disk-full' : (error as { code?: unknown } | null)?.code === '53100')
