/** Words of the log of what owner and admins did. */
export const audit = {
  title: 'What admins did',
  text: 'Kept for good; nobody can change it',
  none: 'Nothing yet.',
  older: 'Older',
  gone: 'somebody who is gone',
  startRule: '{{by}} set who may go live: {{rule}}',
  startAllowed: '{{by}} allowed {{about}} to go live',
  startDeclined: '{{by}} declined a live of {{about}}',
};
