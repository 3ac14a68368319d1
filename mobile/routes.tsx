import { createBrowserRouter } from 'react-router'
import { AppsPage } from './apps/apps-page.tsx'
import { NotFound } from './frame/not-found.tsx'
import { Root } from './frame/root.tsx'
import { TabsFrame } from './frame/tabs-frame.tsx'
import { HomePage } from './home/home-page.tsx'
import { MePage } from './me/me-page.tsx'
import { OpenRecord } from './records/open-record.tsx'
import { SessionGate } from './session-gate.tsx'
import { SignInPage } from './sign-in/sign-in-page.tsx'
import { TodoPage } from './todo/todo-page.tsx'

/** Every page beyond the five places and the record is read when it is opened. */
const pages = {
  directory: async () => ({ Component: (await import('./directory/directory-page.tsx')).DirectoryPage }),
  list: async () => ({ Component: (await import('./records/list-route.tsx')).ListRoute }),
  form: async () => ({ Component: (await import('./records/form-route.tsx')).FormRoute }),
  notices: async () => ({ Component: (await import('./notices/notices-page.tsx')).NoticesPage }),
  search: async () => ({ Component: (await import('./search/search-page.tsx')).SearchPage }),
  post: async () => ({ Component: (await import('./me/post-page.tsx')).PostPage }),
  sessions: async () => ({ Component: (await import('./me/sessions-page.tsx')).SessionsPage }),
  phrases: async () => ({ Component: (await import('./me/phrases-page.tsx')).PhrasesPage }),
  delegations: async () => ({ Component: (await import('./me/delegations-page.tsx')).DelegationsPage }),
  signature: async () => ({ Component: (await import('./me/signature-page.tsx')).SignaturePage }),
  password: async () => ({ Component: (await import('./me/password-page.tsx')).PasswordPage }),
  module: async () => ({ Component: (await import('./apps/module-page.tsx')).ModulePage }),
} as const

const places = [
  { index: true, element: <HomePage /> },
  { path: 'todo', element: <TodoPage /> },
  { path: 'apps', element: <AppsPage /> },
  { path: 'directory', lazy: pages.directory },
  { path: 'me', element: <MePage /> },
]

const further = [
  { path: 'app/:entity', lazy: pages.list },
  { path: 'app/:entity/new', lazy: pages.form },
  { path: 'app/:entity/:id', element: <OpenRecord /> },
  { path: 'app/:entity/:id/edit', lazy: pages.form },
  { path: 'notices', lazy: pages.notices },
  { path: 'search', lazy: pages.search },
  { path: 'me/post', lazy: pages.post },
  { path: 'me/sessions', lazy: pages.sessions },
  { path: 'me/phrases', lazy: pages.phrases },
  { path: 'me/delegations', lazy: pages.delegations },
  { path: 'me/signature', lazy: pages.signature },
  { path: 'me/password', lazy: pages.password },
  { path: ':module', lazy: pages.module },
  { path: ':module/:page', lazy: pages.module },
  { path: '*', element: <NotFound /> },
]

/** The same addresses as on PC below `/m`, so that a link from a message opens in either shell. */
export const createRouter = () =>
  createBrowserRouter([
    {
      element: <Root />,
      hydrateFallbackElement: <></>,
      children: [
        { path: '/sign-in', element: <SignInPage /> },
        { element: <SessionGate />, children: [{ element: <TabsFrame />, children: places }, ...further] },
      ],
    },
  ], { basename: '/m' })
