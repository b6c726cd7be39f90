export { DirectoryContext, useGroupLine, useGroups } from './context.ts';
export { Directory } from './directory.ts';
export { GroupList } from './GroupList.tsx';
export { unreadElsewhere } from './model.ts';
