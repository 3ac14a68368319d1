import { lazy } from 'react'
import { createBrowserRouter, Navigate } from 'react-router'
import { Frame } from './frame/frame.tsx'
import { HomePage } from './home/home-page.tsx'
import { NotFound } from './pages/not-found.tsx'
import { SessionGate } from './session-gate.tsx'
import { SignInPage } from './sign-in/sign-in-page.tsx'

const TodoPage = lazy(() => import('./pages/todo.page.tsx'))
const ListPage = lazy(() => import('./pages/list.page.tsx'))
const RecordPage = lazy(() => import('./pages/record.page.tsx'))
const FormPage = lazy(() => import('./pages/form.page.tsx'))
const ModulePage = lazy(() => import('./pages/module.page.tsx'))
const NoticesPage = lazy(() => import('./pages/notices.page.tsx'))
const DirectoryPage = lazy(() => import('./pages/directory.page.tsx'))
const SettingsPage = lazy(() => import('./pages/settings.page.tsx'))

export const createRouter = () =>
  createBrowserRouter([
    { path: '/sign-in', element: <SignInPage /> },
    {
      element: <SessionGate><Frame /></SessionGate>,
      children: [
        { index: true, element: <HomePage /> },
        { path: 'todo', element: <TodoPage /> },
        { path: 'app/:entity', element: <ListPage /> },
        { path: 'app/:entity/new', element: <FormPage /> },
        { path: 'app/:entity/:id', element: <RecordPage /> },
        { path: 'app/:entity/:id/edit', element: <FormPage /> },
        { path: 'page/:module/:name', element: <ModulePage /> },
        { path: 'notices', element: <NoticesPage /> },
        { path: 'directory', element: <DirectoryPage /> },
        { path: 'settings', element: <Navigate to="/settings/preferences" replace /> },
        { path: 'settings/:section', element: <SettingsPage /> },
        { path: '*', element: <NotFound /> },
      ],
    },
  ])
