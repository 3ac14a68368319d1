import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import BodySlot from '../body.editor.tsx'

test('the text is read from the shape the record keeps, with its style of numbers', () => {
  const heading = (level: 1 | 2, text: string) => ({ type: 'heading', level, text: [{ text }] })
  const blocks = [heading(1, '总体要求'), heading(2, '落实责任')]
  expect(renderToStaticMarkup(<BodySlot value={{ blocks }} />)).toContain('（一）落实责任')
  expect(renderToStaticMarkup(<BodySlot value={{ blocks, numberStyle: 'two-level' }} />)).toContain('1.落实责任')
  expect(renderToStaticMarkup(<BodySlot value={null} />)).toBe('<div class="body-text"></div>')
})
