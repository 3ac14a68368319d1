/** Sheets that letters enclose: title, columns and rows. */
export type Sheet = { readonly name: string; readonly columns: readonly string[]; readonly rows: readonly (readonly (string | number)[])[] }

const ROTA: Sheet = {
  name: '区机关12月值班安排表', columns: ['日期', '带班领导', '值班单位', '值班电话'],
  rows: Array.from({ length: 31 }, (_, day) => [`12月${day + 1}日`, ['陈立群', '欧阳朔', '苏停云'][day % 3] ?? '', ['区政府办', '区应急局', '区建管委', '区市场局'][day % 4] ?? '', '220500' + String(10 + day)]),
}
const BUDGET: Sheet = {
  name: '2027年部门预算填报模板', columns: ['科目编码', '科目名称', '上年执行数（万元）', '本年申报数（万元）', '说明'],
  rows: [['20103', '政府办公厅（室）及相关机构事务', 1286.4, '', ''], ['20113', '商贸事务', 342, '', ''], ['22401', '应急管理事务', 918.7, '', ''], ['21201', '城乡社区管理事务', 2204.15, '', '']],
}
const ROSTER: Sheet = { name: '参会回执', columns: ['单位', '姓名', '职务', '手机'], rows: [['', '', '', '']] }

/** Letters that everybody of the district has in the inbox: from whom, how many days ago, and what. */
export type Circular = { readonly from: string; readonly daysAgo: number; readonly hour: number; readonly subject: string; readonly text: string; readonly table?: readonly (readonly string[])[]; readonly sheets?: readonly Sheet[] }

export const CIRCULARS: readonly Circular[] = [
  {
    from: 'yangruifeng', daysAgo: 21, hour: 9, subject: '政务邮箱开通通知',
    text: '各位同事：\n\n您的政务邮箱已经开通，地址与平台账号一致。浏览器中可直接查看邮件；需要在电脑或手机客户端收发的，请在“个人设置 — 邮箱客户端”中申请专用密码，不要在客户端中保存平台登录密码。\n\n政务邮箱不得存储、处理、传输国家秘密。收到要求提供密码、点击链接“验证邮箱”的邮件，一律不要理会，并转告信息中心。\n\n区大数据中心运维组',
  },
  {
    from: 'hexiangdong', daysAgo: 12, hour: 14, subject: '关于做好12月份区机关值班工作的通知',
    text: '各部门、各街道（镇）办公室：\n\n现将12月份区机关值班安排印发给你们，请认真落实领导带班和24小时值班制度。节假日期间每日16:00前报告当日情况；遇有突发事件，按规定时限如实报告，不得迟报、漏报、瞒报。\n\n附件：区机关12月值班安排表\n\n区政府办公室', sheets: [ROTA],
  },
  {
    from: 'hexiangdong', daysAgo: 5, hour: 10, subject: '关于报送2026年度工作总结和2027年工作安排的通知',
    text: '各单位：\n\n请于12月10日（周四）下班前报送2026年度工作总结和2027年工作安排，由主要负责同志审签后通过平台上报。总结不超过3000字，重点写清完成情况、存在问题和下一步打算，数据以统计部门口径为准。\n\n预算填报请使用附件模板，联系人：何向东。\n\n区政府办公室', sheets: [BUDGET],
  },
  {
    from: 'yangruifeng', daysAgo: 2, hour: 16, subject: '本周六晚间系统维护公告',
    text: '各位同事：\n\n因机房设备检修，下列系统将于本周六晚间短时停止服务，请提前保存并安排好工作。\n\n办公平台 22:00—23:00\n政务邮箱 22:00—22:30\n视频会议 23:00—24:00\n\n区大数据中心运维组',
    table: [['系统', '停止服务时间', '影响'], ['办公平台', '22:00—23:00', '不能登录'], ['政务邮箱', '22:00—22:30', '邮件延迟到达，不会丢失'], ['视频会议', '23:00—24:00', '不能新建会议']],
  },
]

/** What the head of an organisation's office writes to its staff; `{unit}` is the organisation. */
export const OFFICE_LETTER: Circular = {
  from: '', daysAgo: 1, hour: 15, subject: '{unit}周一工作例会通知',
  text: '各科室：\n\n定于下周一上午9:00召开{unit}工作例会，地点在三楼会议室。请各科室负责人参加，会前把本周重点工作完成情况和下周安排填入平台，不能参加的请提前请假并安排代为参会的同志。\n\n{unit}', sheets: [ROSTER],
}

/** Letters between the people whom demonstrations call by name; `answers` is an earlier one's number. */
export type Exchange = { readonly from: string; readonly to: readonly string[]; readonly cc?: readonly string[]; readonly daysAgo: number; readonly hour: number; readonly subject: string; readonly text: string; readonly answers?: number; readonly sheets?: readonly Sheet[]; readonly flagged?: boolean }

export const EXCHANGES: readonly Exchange[] = [
  { from: 'chenliqun', to: ['luzhengyang'], cc: ['ouyangshuo', 'zhoumuyuan'], daysAgo: 6, hour: 8, flagged: true, subject: '岁末年初安全生产专项检查', text: '正旸同志：\n\n岁末年初是事故多发期，请应急局牵头，会同建管委、市场局，对在建工地、大型商业综合体和餐饮场所开展一轮专项检查，重点查动火作业、燃气使用和疏散通道。下周五前把检查情况和问题清单报我。\n\n陈立群' },
  { from: 'luzhengyang', to: ['chenliqun'], cc: ['ouyangshuo', 'jiangheping'], daysAgo: 5, hour: 17, answers: 0, subject: '回复：岁末年初安全生产专项检查', text: '陈区长：\n\n已与建管委、市场局商定，分三个组自周三起检查，计划覆盖工地28处、商业综合体9家、餐饮场所60家。检查名单附后，问题清单下周五上午报您。\n\n陆正旸', sheets: [{ name: '专项检查名单', columns: ['序号', '类别', '单位名称', '所在街道', '检查组'], rows: [[1, '在建工地', '天山路综合改造项目', '天山路街道', '一组'], [2, '商业综合体', '中山公园商业中心', '华阳路街道', '二组'], [3, '餐饮场所', '虹桥路餐饮街区', '虹桥街道', '三组']] }] },
  { from: 'luzhengyang', to: ['jiangheping', 'songyiran'], daysAgo: 5, hour: 18, subject: '专项检查分工', text: '和坪、亦然：\n\n陈区长批示的专项检查由和坪负责汇总，亦然协调车辆和通知。每天17:00前把当天检查情况发我，重大隐患随时报告。\n\n陆正旸' },
  { from: 'jiangheping', to: ['luzhengyang'], cc: ['songyiran'], daysAgo: 1, hour: 17, answers: 2, subject: '回复：专项检查分工', text: '陆局：\n\n今天检查工地6处、餐饮场所14家，发现问题19项，现场整改11项，其余已开整改通知书。天山路项目动火审批手续不全，已责令停止作业。详见附表。\n\n蒋和坪', sheets: [{ name: '检查情况日报', columns: ['单位', '问题', '处理', '期限'], rows: [['天山路综合改造项目', '动火作业审批手续不全', '责令停止作业', '立即'], ['虹桥路某餐厅', '燃气软管老化', '责令更换', '3日内']] }] },
  { from: 'zhoumuyuan', to: ['linxiaowen', 'guyuncheng'], cc: ['hexiangdong'], daysAgo: 3, hour: 9, subject: '区政府常务会议材料', text: '晓雯、云程：\n\n下周二常务会议有四个议题，请晓雯与各牵头单位对接汇报材料，云程把关文字，周五下班前汇总给我。材料统一控制在8页以内。\n\n周牧原' },
  { from: 'linxiaowen', to: ['zhoumuyuan'], cc: ['guyuncheng'], daysAgo: 1, hour: 16, answers: 4, subject: '回复：区政府常务会议材料', text: '周主任：\n\n四个议题中，老旧小区加装电梯、冬季保供两项材料已收齐；优化营商环境、民生实事两项牵头单位答复今天18:00前报送。目录见附件。\n\n林晓雯', sheets: [{ name: '常务会议议题材料目录', columns: ['序号', '议题', '牵头单位', '状态'], rows: [[1, '老旧小区加装电梯工作情况', '区房管局', '已收'], [2, '今冬明春保供稳价', '区商务委', '已收'], [3, '优化营商环境行动方案', '区发改委', '待报'], [4, '民生实事项目征集', '区政府办', '待报']] }] },
  { from: 'hexiangdong', to: ['linxiaowen'], daysAgo: 0, hour: 8, flagged: true, subject: '请今天补充信访件办理情况', text: '晓雯：\n\n市里转来的三件信访件今天到期，其中虹桥街道噪声扰民一件还缺现场照片，请与街道联系，下午3点前补齐。\n\n何向东' },
  { from: 'tianji', to: ['linxiaowen'], cc: ['lvmingche'], daysAgo: 0, hour: 9, subject: '虹桥街道关于噪声扰民信访件的办理说明', text: '林老师：\n\n您好。该件反映的夜间施工噪声，我们已会同城管、生态环境部门三次现场查看，施工单位承诺22:00后停止作业，并在工地出口公示投诉电话。居民代表已签字认可，相关材料随后由平台上报。\n\n虹桥街道 田𠮷' },
  { from: 'gaozhiyuan', to: ['wanglei2', 'wanglei3'], cc: ['situlan'], daysAgo: 2, hour: 11, subject: '冬季路面养护安排', text: '两位王磊同志：\n\n为免弄混，建筑管理科的王磊负责工地出入口，道路科的王磊负责主次干道。寒潮期间融雪物资每日清点一次，报司徒主任。\n\n高致原' },
  { from: 'fanqiuyu', to: ['yeqingqing'], daysAgo: 4, hour: 10, subject: '校园食堂抽检结果', text: '青青：\n\n请把本月校园食堂抽检结果整理成一页纸，重点写不合格项目和复检安排，明天上午给我。\n\n范秋屿' },
  { from: 'yeqingqing', to: ['fanqiuyu'], daysAgo: 3, hour: 9, answers: 9, subject: '回复：校园食堂抽检结果', text: '范局：\n\n本月抽检32批次，合格31批次，1批次蔬菜农残超标，已下架并追溯供应商，定于周四复检。\n\n叶青青', sheets: [{ name: '校园食堂抽检情况', columns: ['学校', '批次', '合格', '不合格项目'], rows: [['天山第二小学', 8, 8, ''], ['复旦中学', 12, 11, '青菜（毒死蜱）'], ['延安初级中学', 12, 12, '']] }] },
  { from: 'qianboyan', to: ['shisongbai', 'shangguanyue'], daysAgo: 2, hour: 15, subject: '河道巡查', text: '松佰、上官：\n\n苏州河新泾段昨晚有居民反映水面漂油，请今天沿线排查排口，有结果即报，同时告知生态环境局。\n\n钱博研' },
  { from: 'hanxuemei', to: ['guyuncheng'], daysAgo: 1, hour: 10, subject: '收文编号核对', text: '云程：\n\n长府收〔2026〕1187号与1189号内容相同，应是来文单位重复发送，请确认后作废一件。\n\n韩雪湄' },
  { from: 'zhugening', to: ['hexiangdong', 'wanglei'], daysAgo: 7, hour: 14, subject: '年度考核时间安排', text: '向东、王磊：\n\n年度考核定于12月下旬进行，请先把个人总结的要求和测评范围拟出来，下周一碰一下。\n\n诸葛凝' },
]

/** What lands among the junk of everybody: it asks for a password and would load a picture from elsewhere. */
export const JUNK = {
  from: { name: '邮箱管理员', address: 'admin@mail-check.example' }, subject: '【紧急】您的邮箱即将停用，请立即验证', text: '您的邮箱容量已满，24小时内未验证将被停用。请点击链接登录验证。',
  html: '<p style="color:#c00">您的邮箱容量已满，24小时内未验证将被停用。</p><p><img src="https://track.mail-check.example/open.gif?u=1" width="1" height="1"><img src="https://track.mail-check.example/logo.png" alt="标志"></p><form action="https://mail-check.example/login"><input name="password" type="password"><button>立即验证</button></form><p><a href="https://mail-check.example/login">点此验证</a></p><script>document.title="x"</script>',
} as const
