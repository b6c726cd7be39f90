/** Words of a new owner's first screen. */
export const start = {
  title: 'A place of your own',
  text: 'Three steps to the first live.',
  nameTitle: 'Name the group',
  nameText: 'A class, a shop, a choir.',
  inviteTitle: 'Invite people',
  liveTitle: 'Go live',
  liveText: 'Try it alone first.',
  later: 'Later',
  sceneTopic: 'Maths today: tangents',
  sceneHost: 'You',
  sceneAsk: 'See you at six?',
  sceneAnswer: 'Here already!',
  sceneLive: 'LIVE',
};
