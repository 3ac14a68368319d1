import { errors } from '#kit/words.ts'

export const documentErrors = errors({
  'documents.import.large': { status: 413, text: '文件超过 {most} MB，请删去图片或拆分后再导入' },
  'documents.import.not-docx': { status: 422, text: '这不是 Word 文档（.docx），请在 Word 或 WPS 中另存为 .docx 后再导入' },
  'documents.import.old-doc': { status: 422, text: '旧版 .doc 或 .wps 文件不能直接导入，请在 Word 或 WPS 中另存为 .docx 后再导入' },
  'documents.import.encrypted': { status: 422, text: '文件设有打开密码，请去掉密码后再导入' },
  'documents.import.damaged': { status: 422, text: '文件已损坏或内容不完整，请用 Word 或 WPS 打开并重新保存后再导入' },
  'documents.import.suspicious': { status: 422, text: '文件结构异常（压缩内容过大或含外部引用），为安全起见未导入，请新建文档、粘贴文字后再导入' },
  'documents.import.too-long': { status: 422, text: '文档内容过多，未能在限定时间内读完，请拆分后再导入' },
  'documents.body.shape': { status: 422, text: '正文格式有误：{reason}。请刷新页面后重试，已保存的内容不会丢失' },
  'documents.body.large': { status: 422, text: '正文过长（{what}，最多 {most}），请精简正文或改为附件' },
  'documents.draft.stop': { status: 422, text: '拟稿检查未通过：{problems}' },
  'documents.issue.stop': { status: 422, text: '复核未通过，不能编号排版：{problems}。需要修改的，请退回' },
  'documents.rule.fixed': { status: 422, text: '“{rule}”依法必须检查，不能放宽' },
  'documents.text.changed': { status: 422, text: '文稿在签发后有改动，须复审后重新排版，请退回“复核登记”' },
  'documents.archive.retention': { status: 422, text: '请选择保管期限后再归档' },
  'documents.void.issued': { status: 409, text: '公文已印发，不能终止或作废；确需停止执行的，请另行发文废止' },
  'documents.recipients.none': { status: 422, text: '尚未选择分发单位，请填写主送机关或抄送机关；收文单位不在系统内的，请选“系统外送达”' },
  'documents.pdf.none': { status: 409, text: '尚未排版，不能分发' },
})
