import { approval, flow, type May, MAYS, parallel, rule, start, task } from '#kit/flow.ts'

export const everything: readonly May[] = MAYS
export const Paper = { name: 'paper', title: '签报' }

/** 申请 → 审核 甲 → 签发 乙. */
export const line = flow(Paper, {
  apply: start('申请'),
  check: approval('审核', { by: rule('甲') }),
  sign: approval('签发', { by: rule('乙') }),
}, [['apply', 'check'], ['check', 'sign'], ['sign', 'end']], { may: everything })

/** 申请 → 审核 甲 → { 法制 乙 → 法制复核 丙 ∥ 财务 丁 } → 签发 戊. */
export const forked = flow(Paper, {
  apply: start('申请'),
  check: approval('审核', { by: rule('甲') }),
  split: parallel('分送'),
  law: approval('法制', { by: rule('乙') }),
  law2: approval('法制复核', { by: rule('丙') }),
  money: approval('财务', { by: rule('丁') }),
  join: parallel('汇总'),
  sign: approval('签发', { by: rule('戊') }),
}, [
  ['apply', 'check'], ['check', 'split'], ['split', 'law'], ['law', 'law2'], ['law2', 'join'], ['split', 'money'], ['money', 'join'], ['join', 'sign'], ['sign', 'end'],
], { may: everything })

/** One joint step between start and end. */
export const joint = (by: string, decide: NonNullable<Parameters<typeof approval>[1]['decide']>) =>
  flow(Paper, {
    apply: start('申请'),
    joint: approval('会签', { by: rule(by), decide }),
    file: task('归档', { by: rule('档案员') }),
  }, [['apply', 'joint'], ['joint', 'file'], ['file', 'end']], { may: everything })
