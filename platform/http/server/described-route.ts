import type { z } from 'zod'
import type { Method } from './route.ts'

/** A body as the published interface tells it; without a shape it is bytes. */
interface DescribedBody {
  readonly mediaType: string
  readonly shape?: z.ZodType
}

/** What the published interface says of a route that a service's plugin serves itself. */
export interface DescribedRoute {
  readonly method: Method
  readonly path: string
  readonly title: string
  readonly tag: string
  readonly open?: boolean
  readonly permission?: string
  /** Parameters of path, query and, for JSON, of the body. */
  readonly input: z.ZodType
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: DescribedBody
  readonly answer: DescribedBody
}
