/** The acts for which opinions are offered: 核稿, 会签, 签发, 拟办, 批示. */
export type PhraseUse = 'revise' | 'countersign' | 'sign' | 'propose' | 'instruct'

/** Opinions offered at installation; every person keeps an own list afterwards. 阅 and 圈阅 count as consent (条例 art. 22). */
export const OPINION_PHRASES: Readonly<Record<PhraseUse, readonly string[]>> = {
  revise: ['已核，请领导审签。', '已按格式规范修改，请主任审核。', '请补充依据后再报。', '请按修改意见完善后再送核。', '请送相关部门会签后报批。', '内容与前发文件有重复，请商起草部门精简。'],
  countersign: ['同意。', '无意见。', '同意，建议按附件意见修改。', '原则同意，请进一步明确责任分工和完成时限。', '不同意，理由如下：'],
  sign: ['同意，请印发。', '同意，请按程序印发。', '请按修改意见完善后印发。', '请提交区政府常务会议审议后印发。', '暂缓印发，请再商有关部门。'],
  propose: [
    '拟请分管领导阅示。', '拟请主要领导和分管领导阅示，转有关部门办理。', '拟由牵头部门会同有关部门研究办理，并于规定时限内反馈。', '拟送各位领导传阅，办公室存。', '拟转有关部门阅处。',
    '拟请与会领导阅，会务由办公室落实。',
  ],
  instruct: ['同意。', '阅。', '同意拟办意见。', '请牵头部门抓好落实，并及时报告进展。', '请会同有关部门研究提出意见。', '请抓紧办理，按时反馈。', '请办公室跟踪督办。'],
}
