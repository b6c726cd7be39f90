import type { Random } from './random.ts';

/** Scraps as people write them while they watch, from two characters to a sentence. */
const scraps = [
  '来了来了',
  '主播好!',
  '666',
  '哈哈哈哈哈',
  '这个多少钱?',
  '声音有点小,能大一点吗',
  '老师,第三题没听懂,可以再讲一遍吗?',
  '画面很清楚 👍',
  'hello from the back row',
  'Can you show the other side?',
  'so good',
  '❤️❤️❤️',
  'What time does it end today? I have to catch a train.',
  '下次什么时候播',
  '刚进来,讲到哪里了',
  'Thank you!',
] as const;

export const textFrom = (random: Random): string => scraps[random.below(scraps.length)] ?? scraps[0];
