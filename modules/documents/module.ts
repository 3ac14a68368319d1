import { module } from '#kit/module.ts'
import { documentsAccess } from './access.ts'
import { documentsEndpoints } from './api.ts'
import { documentDictionaries } from './data/dictionaries.ts'
import { incomingDictionaries } from './incoming/dictionaries.ts'
import { incomingFlow } from './incoming/flow.ts'
import { IncomingDocument } from './incoming/model.ts'
import { incomingViews } from './incoming/views.ts'
import { incomingErrors } from './incoming/words.ts'
import { outgoingFlow } from './outgoing/flow.ts'
import { OutgoingDocument } from './outgoing/model.ts'
import { outgoingViews } from './outgoing/views.ts'
import { documentErrors } from './words.ts'

export const definition = module({
  id: 'documents',
  title: '公文',
  icon: 'file-text',
  group: 'office',
  order: 10,
  entities: [OutgoingDocument, IncomingDocument],
  views: [outgoingViews, incomingViews],
  flows: [outgoingFlow, incomingFlow],
  access: documentsAccess,
  endpoints: documentsEndpoints,
  dictionaries: [...documentDictionaries, ...incomingDictionaries],
  errors: { ...documentErrors, ...incomingErrors },
  pages: [{ name: 'settings', title: '公文设置', permission: 'documents.configure', on: 'web' }],
  custom: { [OutgoingDocument.name]: { detail: 'outgoing', form: 'drafting' }, [IncomingDocument.name]: { detail: 'incoming' } },
})
