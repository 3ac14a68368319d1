import { createBrowserRouter } from 'react-router'
import { AppsPage } from './apps/apps-page.tsx'
import { ContactsPage } from './contacts/contacts-page.tsx'
import { TabsFrame } from './frame/tabs-frame.tsx'
import { HomePage } from './home/home-page.tsx'
import { MePage } from './me/me-page.tsx'
import { NotFound } from './frame/not-found.tsx'
import { Root } from './frame/root.tsx'
import { OpenRecord } from './record/open-record.tsx'
import { SessionGate } from './session-gate.tsx'
import { SignInPage } from './sign-in/sign-in-page.tsx'
import { TodoPage } from './todo/todo-page.tsx'

/** The same addresses as on PC below `/m`, so that a link from a message opens in either shell. */
export const createRouter = () =>
  createBrowserRouter([
    {
      element: <Root />,
      children: [
        { path: '/sign-in', element: <SignInPage /> },
        {
          element: <SessionGate />,
          children: [
            {
              element: <TabsFrame />,
              children: [
                { index: true, element: <HomePage /> },
                { path: 'todo', element: <TodoPage /> },
                { path: 'apps', element: <AppsPage /> },
                { path: 'contacts', element: <ContactsPage /> },
                { path: 'me', element: <MePage /> },
              ],
            },
            { path: 'app/:entity/:id', element: <OpenRecord /> },
            { path: '*', element: <NotFound /> },
          ],
        },
      ],
    },
  ], { basename: '/m' })
