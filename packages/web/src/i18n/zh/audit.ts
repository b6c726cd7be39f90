import type { audit as english } from '../en/audit.ts';

/** Words of the log of what owner and admins did. */
export const audit: typeof english = {
  title: '管理操作记录',
  text: '永久保留，任何人都无法更改',
  none: '暂无记录。',
  older: '更早',
  gone: '已离开的成员',
  startRule: '{{by}} 更改了直播权限：{{rule}}',
  startAllowed: '{{by}} 同意 {{about}} 直播',
  renamed: '{{by}} 将群改名为“{{text}}”',
  roleGiven: '{{by}} 将 {{about}} 设为{{role}}',
  removed: '{{by}} 将 {{about}} 移出本群',
  liveEnded: '{{by}} 结束了 {{about}} 的直播：{{text}}',
  messageDeleted: '{{by}} 删除了 {{about}} 的一条消息',
  commentDeleted: '{{by}} 删除了 {{about}} 的一条评论',
  muted_one: '{{by}} 在直播中禁言 {{about}} {{count}} 分钟',
  muted_other: '{{by}} 在直播中禁言 {{about}} {{count}} 分钟',
  unmuted: '{{by}} 解除了 {{about}} 的禁言',
  startDeclined: '{{by}} 拒绝了 {{about}} 的直播申请',
};
