import { createBrowserRouter } from 'react-router'
import { Frame } from './frame/frame.tsx'
import { HomePage } from './home/home-page.tsx'
import { NotFound } from './pages/not-found.tsx'
import { SessionGate } from './session-gate.tsx'
import { SignInPage } from './sign-in/sign-in-page.tsx'

/** Every page beyond the first is read when it is opened. */
const pages = {
  list: async () => ({ Component: (await import('./records/list-page.tsx')).ListPage }),
  record: async () => ({ Component: (await import('./records/record-route.tsx')).RecordRoute }),
  form: async () => ({ Component: (await import('./records/form-route.tsx')).FormRoute }),
  todo: async () => ({ Component: (await import('./todo/todo-page.tsx')).TodoPage }),
  flows: async () => ({ Component: (await import('./flows/flows-page.tsx')).FlowsPage }),
  models: async () => ({ Component: (await import('./models/models-page.tsx')).ModelsPage }),
  leaver: async () => ({ Component: (await import('./flows/leaver-page.tsx')).LeaverPage }),
  directory: async () => ({ Component: (await import('./directory/directory-page.tsx')).DirectoryPage }),
  me: async () => ({ Component: (await import('./account/me-page.tsx')).MePage }),
  sessions: async () => ({ Component: (await import('./account/sessions-page.tsx')).SessionsPage }),
  delegations: async () => ({ Component: (await import('./account/delegations-page.tsx')).DelegationsPage }),
  password: async () => ({ Component: (await import('./account/password-page.tsx')).PasswordPage }),
  module: async () => ({ Component: (await import('./pages/module-page.tsx')).ModulePage }),
} as const

export const createRouter = () =>
  createBrowserRouter([
    { path: '/sign-in', element: <SignInPage /> },
    { path: '/password', lazy: pages.password, hydrateFallbackElement: <></> },
    {
      element: <SessionGate><Frame /></SessionGate>,
      hydrateFallbackElement: <></>,
      children: [
        { index: true, element: <HomePage /> },
        { path: 'todo', lazy: pages.todo },
        { path: 'app/:entity', lazy: pages.list },
        { path: 'app/:entity/new', lazy: pages.form },
        { path: 'app/:entity/:id', lazy: pages.record },
        { path: 'app/:entity/:id/edit', lazy: pages.form },
        { path: 'flows', lazy: pages.flows },
        { path: 'models', lazy: pages.models },
        { path: 'flows/leaver', lazy: pages.leaver },
        { path: 'directory', lazy: pages.directory },
        { path: 'me', lazy: pages.me },
        { path: 'me/delegations', lazy: pages.delegations },
        { path: 'me/sessions', lazy: pages.sessions },
        { path: ':module', lazy: pages.module },
        { path: ':module/:page', lazy: pages.module },
        { path: '*', element: <NotFound /> },
      ],
    },
  ])
