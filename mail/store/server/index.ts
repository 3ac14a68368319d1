import type { PlatformService } from '#platform/registry/server/service.ts'
import { indexTexts } from './grams.ts'
import { mailErrors } from '../words.ts'
import { closeMailParts } from './parts.ts'

export const service: PlatformService = { id: 'mail', errors: mailErrors, jobs: [{ name: 'mail.index-texts', cron: '* * * * *', run: async (ctx) => void (await indexTexts(ctx)) }], stop: async (runtime) => closeMailParts(runtime) }
