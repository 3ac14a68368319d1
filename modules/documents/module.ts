import { module } from '#kit/module.ts'
import { documentsAccess } from './access.ts'
import { documentDictionaries } from './data/dictionaries.ts'
import { outgoingEndpoints } from './outgoing/api.ts'
import { outgoingFlow } from './outgoing/flow.ts'
import { OutgoingDocument } from './outgoing/model.ts'
import { outgoingViews } from './outgoing/views.ts'
import { documentErrors } from './words.ts'

export const definition = module({
  id: 'documents',
  title: '公文',
  icon: 'document',
  group: 'office',
  order: 10,
  entities: [OutgoingDocument],
  views: [outgoingViews],
  flows: [outgoingFlow],
  access: documentsAccess,
  endpoints: outgoingEndpoints,
  dictionaries: documentDictionaries,
  errors: documentErrors,
})
