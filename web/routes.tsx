import { createBrowserRouter } from 'react-router'
import { Frame } from './frame/frame.tsx'
import { HomePage } from './home/home-page.tsx'
import { NotFound } from './pages/not-found.tsx'
import { SessionGate } from './session-gate.tsx'
import { SignInPage } from './sign-in/sign-in-page.tsx'

export const createRouter = () =>
  createBrowserRouter([
    { path: '/sign-in', element: <SignInPage /> },
    {
      element: <SessionGate><Frame /></SessionGate>,
      children: [
        { index: true, element: <HomePage /> },
        { path: '*', element: <NotFound /> },
      ],
    },
  ])
