import { useState } from 'react'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from 'react-router/dom'
import { createQueryClient } from '#ui/api/query-client.ts'
import { ModulePagesContext } from '#ui/engine/detail/pages.ts'
import { StructuredEditorsContext } from '#ui/engine/fields/slots.tsx'
import { useLook } from '#ui/look.ts'
import { modulePages, structuredViews } from './modules.ts'
import { createRouter } from './routes.tsx'

function Pages() {
  useLook('mobile')
  const [router] = useState(createRouter)
  return <RouterProvider router={router} />
}

export function App() {
  const [client] = useState(createQueryClient)
  return (
    <QueryClientProvider client={client}>
      <ModulePagesContext value={modulePages}>
        <StructuredEditorsContext value={structuredViews}><Pages /></StructuredEditorsContext>
      </ModulePagesContext>
    </QueryClientProvider>
  )
}
