/** A stretch of a notice as Word for Windows puts it on the clipboard, with its conditional comments, list marks, styles and page furniture. */
export const WORD_CLIPBOARD = `<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word" xmlns="http://www.w3.org/TR/REC-html40">
<head><meta http-equiv=Content-Type content="text/html; charset=utf-8"><meta name=ProgId content=Word.Document><meta name=Generator content="Microsoft Word 15">
<!--[if gte mso 9]><xml><o:OfficeDocumentSettings><o:AllowPNG/></o:OfficeDocumentSettings></xml><![endif]-->
<style><!--
 /* Font Definitions */ @font-face {font-family:仿宋_GB2312; panose-1:2 1 6 9 3 1 1 1 1 1;}
 p.MsoNormal, li.MsoNormal {mso-style-parent:""; margin:0cm; text-align:justify; text-justify:inter-ideograph; font-size:16.0pt; font-family:仿宋_GB2312;}
 h1 {mso-style-link:"标题 1 字符"; mso-style-next:正文; mso-outline-level:1;} @page WordSection1 {size:595.3pt 841.9pt; margin:104.9pt 73.7pt 99.25pt 79.4pt;}
--></style><!--[if gte mso 10]><style>table.MsoNormalTable {mso-style-name:普通表格;}</style><![endif]--></head>
<body lang=ZH-CN style='tab-interval:21.0pt;word-wrap:break-word;text-justify-trim:punctuation'><!--StartFragment-->
<p class=MsoNormal style='text-indent:32.0pt;mso-char-indent-count:2.0;line-height:29.0pt;mso-line-height-rule:exactly'><span style='font-size:16.0pt;font-family:仿宋_GB2312;mso-hansi-font-family:宋体'>为切实做好冬春季安全防范工作，现就有关事项
通知如下。<span lang=EN-US><o:p></o:p></span></span></p>
<h1 style='text-indent:32.0pt'><span style='font-size:16.0pt;font-family:黑体;font-weight:normal'>总体要求<span lang=EN-US><o:p></o:p></span></span></h1>
<p class=MsoNormal style='text-indent:32.0pt'><a name="_Hlk150000000"></a><span style='mso-bookmark:_Hlk150000000'><span style='font-size:16.0pt'>坚持人民至上、生命至上<del cite="mailto:林晓雯" datetime="2026-11-20T10:00">，牢固树立</del>，压紧压实责任。</span></span><span lang=EN-US><o:p></o:p></span></p>
<p class=MsoNormal style='text-indent:32.0pt'><span style='font-family:黑体'>二、主要任务<span lang=EN-US><o:p></o:p></span></span></p>
<p class=MsoListParagraph style='margin-left:0cm;text-indent:32.0pt;mso-list:l0 level2 lfo1'><![if !supportLists]><span lang=EN-US style='font-family:楷体_GB2312;mso-bidi-font-family:楷体_GB2312'><span style='mso-list:Ignore'>（一）<span style='font:7.0pt "Times New Roman"'>&nbsp; </span></span></span><![endif]><span style='font-family:楷体_GB2312'>突出重点领域<span lang=EN-US><o:p></o:p></span></span></p>
<p class=MsoNormal style='text-indent:32.0pt'><span lang=EN-US style='font-size:16.0pt'>1.</span><span style='font-size:16.0pt'>消防安全。重点检查人员密集场所。<span lang=EN-US><o:p></o:p></span></span></p>
<p class=MsoNormal style='text-indent:32.0pt'><span style='font-size:16.0pt'>（<span lang=EN-US>1</span>）商场市场<span lang=EN-US><o:p></o:p></span></span></p>
<p class=MsoNormal style='text-indent:32.0pt'><b style='mso-bidi-font-weight:normal'><span style='font-size:16.0pt'>逐家检查</span></b><span style='font-size:16.0pt'>，建立台账。<span class=MsoCommentReference><span lang=EN-US style='mso-hide:all'>[a1]</span></span></span></p>
<table class=MsoTableGrid border=1 cellspacing=0 cellpadding=0 style='border-collapse:collapse;border:none;mso-border-alt:solid windowtext .5pt'>
 <thead><tr style='mso-yfti-irow:0;mso-yfti-firstrow:yes'><td width=60 style='border:solid windowtext 1.0pt'><p class=MsoNormal align=center style='text-align:center'><span style='font-family:黑体'>序号</span></p></td><td><p class=MsoNormal align=center><span>责任单位</span></p></td></tr></thead>
 <tr style='mso-yfti-irow:1'><td><p class=MsoNormal align=center style='text-align:center'><span lang=EN-US>1<o:p></o:p></span></p></td><td><p class=MsoNormal><span>区应急局</span></p></td></tr>
 <tr style='mso-yfti-irow:2;mso-yfti-lastrow:yes'><td><p class=MsoNormal align=center><span lang=EN-US>2<o:p></o:p></span></p></td><td><p class=MsoNormal><span>区市场监管局</span></p></td></tr>
</table>
<p class=MsoNormal style='text-indent:32.0pt'><span style='font-size:16.0pt'>特此通知。<!--[if gte vml 1]><v:shape id="seal"/><![endif]--><![if !vml]><img width=120 height=120 src="file:///C:/Users/image001.png"><![endif]><span lang=EN-US><o:p></o:p></span></span></p>
<!--EndFragment--></body></html>`
