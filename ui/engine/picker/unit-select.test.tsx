import { expect, test, vi } from 'vitest'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { render, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import type { UnitWire } from '#kit/wire/org.ts'
import { UnitSelect } from './unit-select.tsx'

const unit = (id: string, parentId: string | null, shortName: string): UnitWire => ({ id, parentId, name: `上海市${shortName}`, shortName, kind: '政府', isOrganisation: true, organisationId: id, hasChildren: false })

test('where organisations are chosen, they are offered at once, without the district above them', async () => {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: Infinity } } })
  client.setQueryData(['units', 'all', true], { items: [unit('d', null, '长宁区'), unit('e', 'd', '区应急局')] })
  const change = vi.fn()
  render(<QueryClientProvider client={client}><UnitSelect title="单位" several organisations value={[]} labels={{}} change={change} /></QueryClientProvider>)
  const user = userEvent.setup()
  await user.click(screen.getByRole('combobox'))
  await user.click(await screen.findByTitle('上海市区应急局'))
  expect(screen.queryByTitle('上海市长宁区')).toBeNull()
  expect(change).toHaveBeenCalledWith(['e'], { e: '区应急局' })
})
