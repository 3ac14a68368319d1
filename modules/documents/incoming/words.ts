import { errors } from '#kit/words.ts'

export const incomingErrors = errors({
  'documents.delivery.missing': { status: 404, text: '没有找到这份公文的分送记录，可能尚未分发，或您无权查看' },
  'documents.delivery.nobody': { status: 422, text: '{name}没有收文员、办公室主任或主要负责人，公文无人签收；请联系该单位的部门管理员设置收文员' },
  'documents.delivery.organisation': { status: 422, text: '主送、抄送的只能是单位，请从单位列表中重新选择' },
  'documents.delivery.signed': { status: 409, text: '{name}已签收或已退回，不能收回；确需收回请与对方联系' },
  'documents.return.reason': { status: 422, text: '退回发文单位须写明理由' },
  'documents.lead.missing': { status: 422, text: '办件须明确主办部门，请在拟办或批示时选择主办部门后再提交' },
  'documents.incoming.departments': { status: 422, text: '主办、协办只能选择本单位的部门，请重新选择' },
})
