import type { ReactNode } from 'react'
import { ConfigProvider, type ConfigProviderProps } from 'antd'
import zhCN from 'antd/es/locale/zh_CN.js'
import { Page } from '#ui/phone/frame/page.tsx'
import { themeOf } from '#ui/theme.ts'
import './mail.css'

const locale = zhCN as unknown as NonNullable<ConfigProviderProps['locale']>

/** A page of settings that PC and phone share, in the phone's frame and measures. */
export const SettingsFrame = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <Page title={title} home="/apps">
    <ConfigProvider locale={locale} theme={themeOf({ shell: 'mobile', large: document.documentElement.hasAttribute('data-large'), density: 'comfortable' })} button={{ autoInsertSpace: false }}><div className="pm-settings">{children}</div></ConfigProvider>
  </Page>
)
