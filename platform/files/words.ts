import { errors } from '#kit/words.ts'

export const fileErrors = errors({
  'files.missing': { status: 404, text: '文件不存在，或您没有查看权限' },
  'files.not-yours': { status: 422, text: '附件中有您无权使用的文件，请删除后重新上传' },
  'files.large': { status: 413, text: '文件超过 {limit} MB，无法上传；请压缩或拆分后再试' },
  'files.empty': { status: 422, text: '文件内容为空，请检查后重新上传' },
  'files.name': { status: 400, text: '缺少文件名，请刷新页面后重新上传' },
  'files.broken': { status: 400, text: '文件没有传完，请检查网络后重新上传' },
  'files.disk-full': { status: 507, text: '服务器存储空间不足，文件没有保存；请联系运维人员' },
  'files.range': { status: 416, text: '请求的文件区间无效，请重新下载' },
  'files.secret': { status: 422, text: '文件首页出现密级标志「{mark}」，没有保存。本系统为非涉密系统，严禁处理、传输国家秘密' },
})
