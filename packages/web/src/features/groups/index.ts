export { DirectoryContext, useDirectory, useGroupLine, useGroups } from './context.ts';
export { Directory } from './directory.ts';
export { GroupList } from './GroupList.tsx';
export { unread, unreadElsewhere } from './model.ts';
