/** Words of the log of what owner and admins did. */
export const audit = {
  title: 'What admins did',
  text: 'Kept for good; nobody can change it',
  none: 'Nothing yet.',
  older: 'Older',
  gone: 'somebody who is gone',
  startRule: '{{by}} set who may go live: {{rule}}',
  startAllowed: '{{by}} allowed {{about}} to go live',
  renamed: '{{by}} renamed the group to “{{text}}”',
  roleGiven: '{{by}} made {{about}} {{role}}',
  removed: '{{by}} removed {{about}} from the group',
  liveEnded: '{{by}} ended a live of {{about}}: {{text}}',
  messageDeleted: '{{by}} removed a message of {{about}}',
  commentDeleted: '{{by}} removed a comment of {{about}}',
  startDeclined: '{{by}} declined a live of {{about}}',
};
