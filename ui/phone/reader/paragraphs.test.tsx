import { expect, test } from 'vitest'
import { paragraphsOf } from './paragraphs.ts'

/** A line of type 16 set between 80 and 500 points. */
const line = (text: string, y: number, x = 80, width = 420, size = 16) => ({ text, x, y, width, size })

test('lines of a paragraph join without a space, and an indent begins the next one', () => {
  const runs = [line('为深入贯彻落实市委、市政府', 700, 112, 388), line('决策部署，现就有关事项通知', 672), line('如下。', 644, 80, 48), line('一、突出重点领域排查', 616, 112, 160), line('聚焦危险化学品。', 588, 112, 128)]
  expect(paragraphsOf(runs)).toEqual(['为深入贯彻落实市委、市政府决策部署，现就有关事项通知如下。', '一、突出重点领域排查', '聚焦危险化学品。'])
})

test('a line at the margin begins a paragraph after one that ended early', () => {
  expect(paragraphsOf([line('各街道办事处、镇政府：', 700, 80, 176), line('请认真贯彻执行，并将落实情', 672), line('况报送。', 644, 80, 64)])).toEqual(['各街道办事处、镇政府：', '请认真贯彻执行，并将落实情况报送。'])
})

test('runs of one line are put in order, page numbers are left out, and nothing gives nothing', () => {
  const runs = [line('号', 700.5, 180, 16), line('长府办〔2026〕58', 700, 80, 100), line('— 1 —', 60, 260, 40), line(' ', 500)]
  expect(paragraphsOf(runs)).toEqual(['长府办〔2026〕58号'])
  expect(paragraphsOf([])).toEqual([])
})

test('another size of type stands by itself', () => {
  expect(paragraphsOf([line('上海市长宁区人民政府文件', 740, 80, 420, 28), line('关于做好年末工作的通知正文', 700), line('第二行', 672, 80, 48)])).toEqual(['上海市长宁区人民政府文件', '关于做好年末工作的通知正文第二行'])
})

test('a gap between Latin words is a space, between letters and figures it is not', () => {
  expect(paragraphsOf([line('open', 700, 80, 30), line('work', 700, 115, 40)])).toEqual(['open work'])
  expect(paragraphsOf([line('2026', 672, 80, 40), line('年', 672, 126, 16)])).toEqual(['2026年'])
})

test('Latin words of two lines keep a space between them', () => {
  expect(paragraphsOf([line('open work', 700), line('platform', 672)])).toEqual(['open work platform'])
})
