/** Words of a new owner's first screen. */
export const start = {
  title: '属于您的地方',
  text: '三步开始第一场直播。',
  nameTitle: '给群起个名字',
  nameText: '一个班级、一家店、一个合唱团。',
  inviteTitle: '邀请成员',
  liveTitle: '开始直播',
  liveText: '可以先自己试试。',
  later: '以后再说',
  sceneTopic: '今天的数学课：切线',
  sceneHost: '我',
  sceneAsk: '六点见？',
  sceneAnswer: '已经到啦！',
  sceneLive: '直播中',
};
