import assert from 'node:assert/strict'
import { test } from 'node:test'
import { indexMessage } from '../mime/part.ts'
import { shownOf } from './parts.ts'
import { picturesWithin, safeHtml } from './sanitize.ts'

const none = (): null => null
const PNG = 'data:image/png;base64,iVBORw0KGgo='

for (const [what, html] of [
  ['script', '<script>alert(1)</script>'], ['script in capitals and halves', '<ScR<script>ipt>alert(1)</sCrIpT>'], ['handler', '<p onclick="alert(1)" onmouseover=alert(1)>x</p>'], ['svg', '<svg onload=alert(1)><script>alert(1)</script></svg>'],
  ['math', '<math><mi xlink:href="javascript:alert(1)">x</mi></math>'], ['javascript link', '<a href="javascript:alert(1)">x</a>'], ['javascript link with a tab', '<a href="java&#9;script:alert(1)">x</a>'], ['data link', '<a href="data:text/html,<script>alert(1)</script>">x</a>'],
  ['form', '<form action="https://evil.example"><input name=p type=password><button>alert</button></form>'], ['frame', '<iframe src="https://evil.example"></iframe><object data="//evil.example"></object><embed src="//evil.example">'],
  ['style element', '<style>@import url(https://evil.example/alert.css)</style>'], ['loading style', '<p style="background:url(https://evil.example/alert)">x</p>'], ['loading style, escaped', '<p style="background:u\\72l(https://evil.example/alert)">x</p>'],
  ['covering style', '<div style="position:fixed;top:0;left:0;z-index:9;width:100%">alert</div>'], ['meta', '<meta http-equiv=refresh content="0;url=https://evil.example">'], ['base', '<base href="https://evil.example">'],
  ['link', '<link rel=stylesheet href="https://evil.example/alert.css">'], ['picture as svg', '<img src="data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9YWxlcnQoMSk+">'], ['comment', '<!--[if mso]><script>alert(1)</script><![endif]-->'], ['template', '<template><img src=x onerror=alert(1)></template>'],
  ['noscript', '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>'],
] as const) {
  test(`harmless: ${what}`, () => assert.doesNotMatch(safeHtml(html, none).html, /script|onclick|onmouseover|onerror|onload|evil|url\(|position|<(?:svg|math|form|input|iframe|object|embed|style|meta|base|link|template)/i))
}

test('pictures from elsewhere are counted and not loaded; those within the message are shown', () => {
  const { html, blocked } = safeHtml(`<img src="https://evil.example/a.png" alt="x"><img src="//evil.example/b.gif" width="1" height="1"><img src="cid:logo@x"><img src="${PNG}">`, (id) => (id === 'logo@x' ? PNG : null))
  assert.equal(blocked, 2)
  assert.equal(html.split(PNG).length, 3)
  assert.doesNotMatch(html, /evil/)
})

test('what officials write stays: tables, colours, fonts, links in windows of their own', () => {
  const { html } = safeHtml('<table border="1"><tr><td colspan="2" style="color:#c00;text-align:center;font-family:仿宋,FangSong;border:1px solid #ccc">会议</td></tr></table><a href="https://www.shcn.gov.cn/a">链接</a>', none)
  assert.match(html, /colspan="2"/)
  assert.match(html, /color:#c00;text-align:center;font-family:仿宋,FangSong;border:1px solid #ccc/)
  assert.match(html, /<a href="https:\/\/www.shcn.gov.cn\/a"[^>]* target="_blank" rel="noopener noreferrer nofollow">/)
})

const part = (head: string, body: string): string => `--b\r\n${head}\r\n\r\n${body}\r\n`
const shown = (lines: string) => shownOf(indexMessage(Buffer.from(lines)))

test('texts, pictures of the HTML, and attachments are told apart', () => {
  const related = `Content-Type: multipart/related; boundary=r\r\n\r\n--r\r\nContent-Type: text/html\r\n\r\n<img src=cid:p>\r\n--r\r\nContent-Type: image/png\r\nContent-ID: <p>\r\n\r\nx\r\n--r--`
  const { html, plain, inline, attachments } = shown(`Content-Type: multipart/mixed; boundary=b\r\n\r\n${part('Content-Type: text/plain', 'hello')}--b\r\n${related}\r\n${part('Content-Type: application/pdf; name="a/../b.pdf"', 'x')}${part('Content-Type: message/rfc822', 'Subject: s\r\n\r\nt')}--b--\r\n`)
  assert.deepEqual([html?.path, plain?.path, inline.map(({ path }) => path)], ['2.1', '1', ['2.2']])
  assert.deepEqual(attachments.map(({ path, name, type }) => [path, name, type]), [['3', 'a_.._b.pdf', 'application/pdf'], ['4', '附件2.eml', 'message/rfc822']])
})

test('a message that is one file has no text', () => assert.deepEqual(shown('Content-Type: application/pdf; name=a.pdf\r\n\r\nx').attachments.map(({ path, name }) => [path, name]), [['1', 'a.pdf']]))
test('a text sent as a file is attached', () => assert.deepEqual(shown(`Content-Type: multipart/mixed; boundary=b\r\n\r\n${part('Content-Type: text/plain', 'x')}${part('Content-Type: text/plain\r\nContent-Disposition: attachment; filename=n.txt', 'y')}--b--\r\n`).attachments.map(({ name }) => name), ['n.txt']))

const HOSTILE: readonly (readonly [string, string])[] = [
  ['a border that could be read in millions of ways', `<p style="border:${'a'.repeat(119)}!;padding:${'1'.repeat(32)}!">x</p>`.repeat(2_000)],
  ['tags that are opened and never closed', '<b>'.repeat(400_000)], ['tables in tables', '<table><tr><td>'.repeat(200_000)], ['lists in lists', '<ul><li>'.repeat(300_000)],
  ['attributes without end', `<p ${Array.from({ length: 40_000 }, (_, at) => `a${at}=b`).join(' ')}>x</p>`], ['styles without end', `<p style="${'color:red;'.repeat(50_000)}">x</p>`],
]
for (const [name, html] of HOSTILE) {
  test(`harmless in a time that grows with it: ${name}`, () => {
    const begin = performance.now()
    safeHtml(`<p>before</p>${html}`, () => null)
    assert.ok(performance.now() - begin < 8_000, `${Math.round(performance.now() - begin)} ms`)
  })
}

test('a picture that is named a hundred thousand times is shown as often as pictures may weigh', () => {
  const picture = `data:image/png;base64,${'QUJD'.repeat(250_000)}`
  const { html, blocked } = safeHtml('<img src="cid:a%40b">'.repeat(100_000), picturesWithin(new Map([['a@b', picture]]), 5_500_000))
  assert.deepEqual([html.split(picture).length - 1, blocked], [5, 99_995])
})

test('what is too deep is left out and said so; borders and margins of several words stay', () => {
  assert.match(safeHtml(`<p>before</p>${'<b>'.repeat(20_000)}deep`, () => null).html, /before[^]*以下内容过于复杂，没有显示/)
  assert.equal(safeHtml('<p style="border: 1px solid #fff; margin: 1px 2em auto 0">x</p>', () => null).html, '<p style="border:1px solid #fff;margin:1px 2em auto 0">x</p>')
})
