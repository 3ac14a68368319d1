import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import type { Block, HeadingLevel } from '#modules/documents/body.ts'
import { blame, compare } from '#modules/documents/compare/blame.ts'
import type { ComparedBlock, ComparedTable, ComparedText, Run, Version } from '#modules/documents/compare/blame.ts'
import { linesOf } from '#modules/documents/compare/lines.ts'
import { diffWords } from '#modules/documents/compare/words.ts'
import { heading, paragraph, table } from '#modules/documents/data/samples/build.ts'
import { DEMO_NOTICE } from '#modules/documents/data/samples/notice.ts'

const version = (n: number, by: string, body: Block[]): Version => ({ version: n, by, body })
const two = (old: Block[], fresh: Block[]): ComparedBlock[] => compare(version(1, '李晓棠', old), version(2, '顾言', fresh))
const shown = (runs: readonly Run[]): string => runs.map((run) => (run.kind === 'same' ? run.text : run.kind === 'added' ? `+${run.text}+` : `-${run.text}-`)).join('')
const text = (block: ComparedBlock | undefined): string => shown((block as ComparedText).text)

/** The lines of one side: `new` leaves out what was removed, `old` what was added. */
function side(blocks: readonly ComparedBlock[], which: 'old' | 'new'): string[][] {
  const drop = which === 'new' ? 'removed' : 'added'
  const keep = (run: Run): boolean => (which === 'new' ? run.kind !== 'removed' : run.kind === 'same' || (run.kind === 'removed' && run.addedBy === undefined))
  const letters = (runs: readonly Run[]): string => runs.filter(keep).map((run) => run.text).join('')
  const lines = blocks.flatMap((block) => (block.type === 'table' ? block.rows.map((row) => ({ state: row.state, parts: row.cells })) : [{ state: block.state, parts: [block.text, block.rest] }]))
  return lines.filter((line) => line.state !== drop).map((line) => line.parts.map(letters))
}

const plain = (body: readonly Block[]): string[][] => linesOf(body).map(({ shape, parts }) => (shape.kind === 'row' ? parts : [parts[0] ?? '', parts[1] ?? '']))

test('words, not letters, are struck and added, with who did it', () => {
  const [block] = two([paragraph('请于2026年12月10日前完成首轮排查。')], [paragraph('请各街道于2026年12月15日前完成首轮排查和整改。')])
  assert.equal(text(block), '请+各街道+于2026年12月-10-+15+日前完成首轮排查+和整改+。')
  assert.deepEqual((block as ComparedText).text[1], { kind: 'added', text: '各街道', by: '顾言', version: 2 })
  assert.equal(block?.state, 'changed')
})

test('equal bodies have no changes', () => {
  const blocks = two(DEMO_NOTICE.body, DEMO_NOTICE.body)
  assert.ok(blocks.every((block) => block.state === 'same'))
})

test('an inserted and a deleted paragraph leave the neighbours alone', () => {
  const blocks = two([paragraph('一是加强组织领导。'), paragraph('二是落实经费保障。'), paragraph('特此通知。')], [paragraph('一是加强组织领导。'), paragraph('三是严格督查问责，定期通报情况。'), paragraph('特此通知。')])
  assert.deepEqual(blocks.map((block) => block.state), ['same', 'removed', 'added', 'same'])
})

test('a moved paragraph is marked at both places', () => {
  const [a, b, c] = ['加强组织领导，压实各方责任。', '做好应急准备，严格值班值守。', '及时报送信息，总结工作经验。'].map(paragraph)
  const blocks = two([a!, b!, c!], [b!, c!, a!]) as ComparedText[]
  assert.deepEqual(blocks.map(({ state, moved }) => [state, moved ?? false]), [['removed', true], ['same', false], ['same', false], ['added', true]])
})

test('a heading that changes level stays the same line', () => {
  const [block] = two([heading(2, '加强组织领导')], [heading(1, '加强组织领导')]) as ComparedText[]
  assert.deepEqual([block?.state, block?.was, block?.level, block?.number], ['changed', 2, 1, '一、'])
})

test('run-in text and table cells are compared for themselves', () => {
  const old = [heading(2, '加强领导。', '主要负责同志亲自部署。'), table([['序号', '事项'], ['1', '消防安全'], ['2', '建筑施工']])]
  const fresh = [heading(2, '加强领导。', '主要负责同志要亲自部署。'), table([['序号', '事项'], ['1', '消防和燃气安全'], ['2', '建筑施工'], ['3', '道路交通']])]
  const [first, second] = two(old, fresh) as [ComparedText, ComparedTable]
  assert.equal(shown(first.rest), '主要负责同志+要+亲自部署。')
  assert.deepEqual(second.rows.map((row) => [row.state, row.cells.map(shown)]), [['same', ['序号', '事项']], ['changed', ['1', '消防+和燃气+安全']], ['same', ['2', '建筑施工']], ['added', ['+3+', '+道路交通+']]])
})

test('blame over versions keeps what a later hand struck again, with both names', () => {
  const blocks = blame([version(1, '李晓棠', [paragraph('完成首轮排查。')]), version(2, '顾言', [paragraph('12月底前完成首轮排查。')]), version(3, '周文澜', [paragraph('完成首轮排查和整改。')])])
  assert.deepEqual((blocks[0] as ComparedText).text, [
    { kind: 'removed', text: '12月底前', by: '周文澜', version: 3, addedBy: '顾言' }, { kind: 'same', text: '完成首轮排查' }, { kind: 'added', text: '和整改', by: '周文澜', version: 3 }, { kind: 'same', text: '。' },
  ])
})

const word = fc.constantFrom('安全', '生产', '检查', '，', '2026', '年', '𠮷', '通知', '各街道', '。')
const sentence = fc.array(word, { maxLength: 14 }).map((words) => words.join(''))
const anyBlock: fc.Arbitrary<Block> = fc.oneof(
  sentence.map(paragraph),
  fc.tuple(fc.constantFrom<HeadingLevel>(1, 2, 3, 4), sentence, fc.option(sentence, { nil: undefined })).map(([level, title, rest]) => heading(level, title, rest)),
  fc.array(fc.tuple(sentence, sentence), { minLength: 1, maxLength: 3 }).map((rows) => table(rows)),
)
const anyBody = fc.array(anyBlock, { maxLength: 8 })

test('additions give the new text, removals the old', () => {
  fc.assert(fc.property(anyBody, anyBody, (old, fresh) => {
    const blocks = two(old, fresh)
    assert.deepEqual(side(blocks, 'new').map((parts) => parts.join('')), plain(fresh).map((parts) => parts.join('')))
    assert.deepEqual(side(blocks, 'old').map((parts) => parts.join('')), plain(old).map((parts) => parts.join('')))
  }), { numRuns: 300 })
})

test('over many versions the survivors are the newest text', () => {
  fc.assert(fc.property(fc.array(anyBody, { minLength: 1, maxLength: 5 }), (bodies) => {
    const blocks = blame(bodies.map((body, index) => version(index + 1, `第${index}人`, body)))
    assert.deepEqual(side(blocks, 'new').map((parts) => parts.join('')), plain(bodies.at(-1) ?? []).map((parts) => parts.join('')))
  }), { numRuns: 200 })
})

test('word edits turn one text into the other', () => {
  fc.assert(fc.property(fc.oneof(sentence, fc.string({ unit: 'grapheme' })), fc.oneof(sentence, fc.string({ unit: 'grapheme' })), (old, fresh) => {
    const chars = Array.from(old)
    let result = ''
    for (const edit of diffWords(old, fresh)) {
      if (edit.kind === 'insert') result += edit.text
      else {
        const taken = chars.splice(0, edit.count)
        if (edit.kind === 'keep') result += taken.join('')
      }
    }
    assert.equal(result, fresh)
    assert.equal(chars.length, 0)
  }))
})

test('two unrelated long texts end', () => {
  const long = (seed: string): Block[] => Array.from({ length: 300 }, (_, index) => paragraph(`${seed}${index}${seed.repeat(30)}${(index * 7919) % 1009}`))
  assert.equal(side(two(long('安全生产'), long('城市更新')), 'new').length, 300)
})
