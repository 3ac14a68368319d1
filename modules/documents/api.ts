import { incomingEndpoints } from './incoming/api.ts'

export const documentsEndpoints = [...incomingEndpoints]
