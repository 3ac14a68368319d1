import { z } from 'zod'

/** Answer of `GET /api/meta`: the applications this person may open, in menu order. */
export const menuWire = z.object({
  apps: z.array(z.object({
    id: z.string(), title: z.string(), icon: z.string(), group: z.enum(['office', 'affairs', 'service', 'administration']), mobile: z.boolean(),
    /** Path the menu opens. */
    path: z.string(),
    cards: z.array(z.object({ name: z.string(), title: z.string(), place: z.enum(['main', 'side']) })),
    pages: z.array(z.object({ name: z.string(), title: z.string(), on: z.enum(['web', 'mobile', 'both']) })),
    /** Lists of the application, one for each kind of record. */
    lists: z.array(z.object({ entity: z.string(), label: z.string() })),
    /** Entities whose records this person may open anew from 新建. */
    creates: z.array(z.object({ entity: z.string(), label: z.string() })),
  })),
  /** Titles above → their syllables in pinyin, with spaces between. */
  spellings: z.record(z.string(), z.string()),
})
export type MenuWire = z.infer<typeof menuWire>

/** Answer of `GET /api/meta/:entity`: the definition as this person may see it; `kit` functions read it in the browser as on the server. */
export const entityMetaWire = z.object({
  module: z.string(),
  moduleTitle: z.string(),
  /** `Entity` of kit/entity.ts without hidden fields. */
  entity: z.unknown(),
  /** `EntityViews` of kit/views.ts. */
  views: z.unknown(),
  dictionaries: z.record(z.string(), z.array(z.object({ code: z.string(), label: z.string(), disabled: z.boolean() }))),
  permissions: z.record(z.string(), z.string()),
  /** Name of a page that replaces the generic detail or form, when the module brings one. */
  custom: z.object({ detail: z.string().optional(), form: z.string().optional() }),
  /** Fields the writer of a new record may fill in; null: all. */
  draftFields: z.array(z.string()).nullable(),
  hash: z.string(),
})
export type EntityMetaWire = z.infer<typeof entityMetaWire>
