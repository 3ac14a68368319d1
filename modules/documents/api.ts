import { incomingEndpoints } from './incoming/api.ts'
import { outgoingEndpoints } from './outgoing/api.ts'

export const documentsEndpoints = [...outgoingEndpoints, ...incomingEndpoints]
