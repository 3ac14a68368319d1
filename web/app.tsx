import { useMemo, useState } from 'react'
import type { ReactNode } from 'react'
import { ConfigProvider } from 'antd'
import type { ConfigProviderProps } from 'antd'
import zhCN from 'antd/es/locale/zh_CN.js'
import dayjs from 'dayjs'
import 'dayjs/locale/zh-cn'
import { QueryClientProvider } from '@tanstack/react-query'
import type { QueryClient } from '@tanstack/react-query'
import { RouterProvider } from 'react-router/dom'
import { createQueryClient } from '#ui/api/query-client.ts'
import { ModulePagesContext } from '#ui/engine/detail/pages.ts'
import { StructuredEditorsContext } from '#ui/engine/fields/slots.tsx'
import { useLook } from '#ui/look.ts'
import { themeOf } from '#ui/theme.ts'
import { askEarly } from './early.ts'
import { modulePages, readHomeCards, structuredEditors } from './modules.ts'
import { createRouter } from './routes.tsx'

dayjs.locale('zh-cn')

/** The file is an ES module in a package that does not say so, hence TypeScript wraps its default. */
const locale = zhCN as unknown as NonNullable<ConfigProviderProps['locale']>

/** Official pages write 确定, not 确 定. */
const button = { autoInsertSpace: false } as const

function Themed({ children }: { readonly children: ReactNode }) {
  const look = useLook('web')
  const theme = useMemo(() => themeOf(look), [look])
  return <ConfigProvider locale={locale} theme={theme} button={button}>{children}</ConfigProvider>
}

function startQueries(): QueryClient {
  const client = createQueryClient()
  askEarly(client, window.location.pathname, readHomeCards)
  return client
}

export function App() {
  const [client] = useState(startQueries)
  const [router] = useState(createRouter)
  return (
    <QueryClientProvider client={client}>
      <Themed>
        <ModulePagesContext value={modulePages}>
          <StructuredEditorsContext value={structuredEditors}><RouterProvider router={router} /></StructuredEditorsContext>
        </ModulePagesContext>
      </Themed>
    </QueryClientProvider>
  )
}
