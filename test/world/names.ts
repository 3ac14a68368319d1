import { pick } from './random.ts'

export type Gender = '男' | '女'

/** A name with the letters a login is made of. */
export interface InventedName {
  readonly name: string
  readonly login: string
  readonly gender: Gender
}

type Syllable = readonly [text: string, letters: string]
/** '陈chen 立li' → pairs. */
const syllables = (text: string): Syllable[] => text.split(' ').map((item) => [item.replace(/[a-z]+$/, ''), /[a-z]+$/.exec(item)?.[0] ?? ''])

/** Common surnames stand several times; compound ones are rare, as in life. */
const SURNAMES = syllables(
  '王wang 王wang 王wang 李li 李li 李li 张zhang 张zhang 刘liu 刘liu 陈chen 陈chen 陈chen 杨yang 杨yang 黄huang 赵zhao 周zhou 周zhou 吴wu 吴wu 徐xu 徐xu 孙sun 朱zhu 朱zhu 马ma 胡hu 郭guo 林lin 林lin ' +
    '何he 高gao 梁liang 郑zheng 罗luo 宋song 谢xie 唐tang 韩han 曹cao 许xu 邓deng 萧xiao 冯feng 曾zeng 程cheng 蔡cai 彭peng 潘pan 袁yuan 于yu 董dong 余yu 苏su 叶ye 吕lv 魏wei 蒋jiang 田tian 杜du 丁ding 沈shen 沈shen ' +
    '姜jiang 范fan 江jiang 傅fu 钟zhong 卢lu 汪wang 戴dai 崔cui 任ren 陆lu 陆lu 廖liao 姚yao 方fang 金jin 邱qiu 夏xia 谭tan 韦wei 贾jia 邹zou 石shi 熊xiong 孟meng 秦qin 阎yan 薛xue 侯hou 雷lei 白bai 龙long 段duan 郝hao 孔kong ' +
    '邵shao 史shi 毛mao 常chang 万wan 顾gu 顾gu 赖lai 武wu 康kang 贺he 严yan 尹yin 钱qian 施shi 牛niu 洪hong 龚gong 翁weng 倪ni 严yan 欧阳ouyang 上官shangguan 诸葛zhuge 司徒situ 慕容murong 令狐linghu 夏侯xiahou 尉迟yuchi',
)
const FIRST = syllables('思si 宇yu 子zi 一yi 嘉jia 佳jia 晓xiao 梓zi 若ruo 安an 书shu 景jing 以yi 知zhi 云yun 逸yi 星xing 锦jin 天tian 沐mu 可ke 清qing 予yu 明ming 远yuan 致zhi 怀huai 承cheng 砚yan 绍shao')
const LAST: Readonly<Record<Gender, readonly Syllable[]>> = {
  男: syllables('轩xuan 辰chen 泽ze 恒heng 川chuan 舟zhou 朗lang 铭ming 睿rui 言yan 哲zhe 帆fan 野ye 岳yue 松song 柏bo 航hang 岩yan 谦qian 霖lin 骁xiao 翀chong 赟yun 堃kun 喆zhe'),
  女: syllables('涵han 萱xuan 怡yi 妍yan 彤tong 琪qi 瑶yao 蓉rong 岚lan 薇wei 婕jie 漪yi 琳lin 悦yue 菲fei 芸yun 璇xuan 婧jing 曦xi 宁ning 沁qin 翎ling 玥yue 旖yi 嫣yan'),
}
/** Names of two characters are few, so that people of the same name meet. */
const SINGLE: Readonly<Record<Gender, readonly Syllable[]>> = {
  男: syllables('磊lei 斌bin 俊jun 浩hao 凯kai 鑫xin'),
  女: syllables('洁jie 婷ting 静jing 敏min 倩qian 莉li'),
}
/** Share of names with a single character after the surname. */
const SINGLE_SHARE = 0.18

/** The next invented name; logins are unique only after `uniqueLogins`. */
export function inventName(random: () => number): InventedName {
  const gender: Gender = random() < 0.54 ? '男' : '女'
  const surname = pick(SURNAMES, random)
  const given = random() < SINGLE_SHARE ? [pick(SINGLE[gender], random)] : [pick(FIRST, random), pick(LAST[gender], random)]
  const both = [surname, ...given]
  return { name: both.map(([text]) => text).join(''), login: both.map(([, letters]) => letters).join(''), gender }
}

/** Gives the second person of the same letters a 2, the third a 3, past numbers already taken. */
export function uniqueLogins(taken: Iterable<string> = []): (login: string) => string {
  const used = new Set(taken)
  const counts = new Map<string, number>()
  return (login) => {
    let count = counts.get(login) ?? 0
    let free = login
    do {
      count += 1
      free = count === 1 ? login : `${login}${count}`
    } while (used.has(free))
    counts.set(login, count)
    used.add(free)
    return free
  }
}
