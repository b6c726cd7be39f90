import type { Random } from '@groupcast/simulator';

/** First names of both languages; the people of a recording share them. */
export const names = [
  ...['Lin', 'Mei', 'Tao', 'Wu', 'Nora', 'Jia', 'Sam', 'Ada', 'Ken', 'Ivy', 'Leo', 'Zoe', 'Max', 'Ruth', 'Oscar'],
  ...[
    '小林',
    '阿梅',
    '王小明',
    '李老师',
    '张三',
    '陈静',
    '赵一鸣',
    '周周',
    '欧阳娜娜',
    '刘洋',
    '孙悦',
    '吴迪',
    '郑爽儿',
  ],
  ...['Alexandra Fontaine-Moreau', 'Christopher', 'Bartholomew K.', '爱吃火锅的小猫咪', '一只特立独行的猪'],
] as const;

const short = [
  '666',
  '老师好',
  'Hello!',
  '来了来了',
  '哈哈哈哈',
  '👍👍👍',
  'Yes!',
  '太棒了',
  'first',
  '1111',
  '❤️❤️❤️',
  'LOL 😂',
];

const middle = [
  'Is question three right?',
  '这个颜色真好看，还有货吗？',
  'Greetings from Lisbon 🇵🇹',
  '声音有点小，能大一点吗',
  'Could you show that again, please?',
  '刚进来，讲到哪里了？',
  'The sound is perfect now',
  '主播今天状态真好',
];

const long = [
  'I have been waiting for this all week, thank you so much',
  '请问这道题的第二种解法能不能再讲一遍，刚才没有听清楚，谢谢老师',
  'My grandmother makes it the same way, with a little ginger',
  '建议大家先收藏起来，晚上回家慢慢看，内容真的很多很实用',
];

/** Something that somebody says: mostly short, sometimes two lines; 3 to 60 characters. */
export function textOf(random: Random): string {
  const kind = random.fraction();
  const from = kind < 0.45 ? short : kind < 0.85 ? middle : long;
  return from[random.below(from.length)] ?? '666';
}
