import { z } from 'zod'

export const fileWire = z.object({ id: z.uuid(), name: z.string(), size: z.int(), mime: z.string(), createdAt: z.string(), createdBy: z.string().nullable() })
export type FileWire = z.infer<typeof fileWire>

export const noticeWire = z.object({
  id: z.uuid(), kind: z.enum(['todo', 'reading', 'urge', 'result', 'system']), title: z.string(), text: z.string().nullable(), link: z.string().nullable(), at: z.string(), read: z.boolean(),
})
export type NoticeWire = z.infer<typeof noticeWire>

/** `GET /api/counts` and the event `counts` of the stream `GET /api/events`. */
export const countsWire = z.object({ todo: z.int(), toread: z.int(), notices: z.int() })
export type CountsWire = z.infer<typeof countsWire>

export const searchHitWire = z.object({ kind: z.enum(['record', 'person', 'unit', 'app']), entity: z.string().nullable(), id: z.string(), title: z.string(), snippet: z.string(), at: z.string().nullable(), link: z.string() })
export type SearchHitWire = z.infer<typeof searchHitWire>
