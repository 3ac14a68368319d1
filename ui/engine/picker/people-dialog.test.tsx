import { expect, test, vi } from 'vitest'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { render, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import type { PostWire } from '#kit/wire/org.ts'
import { sessionKey } from '#ui/api/session.ts'
import { PeopleDialog } from './people-dialog.tsx'

const post = (personId: string, name: string, unitName: string): PostWire =>
  ({ postId: `post-${personId}`, personId, name, title: '科员', unitId: 'u', unitName, organisationName: '区政府办公室', phone: null, main: true })

/** Answers as the server would: the picker itself is not replaced. */
function serve(): QueryClient {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: Infinity } } })
  client.setQueryData(['people', 'recent'], { items: [post('a', '林晓雯', '秘书一科'), post('b', '顾云程', '综合科')] })
  client.setQueryData(['units', 'root', false], { items: [] })
  client.setQueryData(sessionKey, { post: { organisationId: 'o' } })
  client.setQueryData(['units', 'o', 'path'], { items: [] })
  return client
}

test('recent people are offered first; those ticked are handed over with their names', async () => {
  const change = vi.fn()
  const close = vi.fn()
  render(
    <QueryClientProvider client={serve()}>
      <PeopleDialog title="抄送" several identity="person" value={[]} labels={{}} change={change} close={close} />
    </QueryClientProvider>,
  )
  const user = userEvent.setup()
  await user.click(await screen.findByText('林晓雯'))
  await user.click(screen.getByText('顾云程'))
  await user.click(screen.getByRole('button', { name: '确定（2 人）' }))
  expect(change).toHaveBeenCalledWith(['a', 'b'], { a: '林晓雯', b: '顾云程' })
  expect(close).toHaveBeenCalledOnce()
})
