import type { GroupId, GroupLine } from '@groupcast/protocol';
import { createContext, useContext } from 'react';
import { useReadable } from '../../ui/useReadable.ts';
import type { Directory } from './directory.ts';
import { type Groups, lineOf } from './model.ts';

export const DirectoryContext = createContext<Directory | undefined>(undefined);

export function useDirectory(): Directory {
  const directory = useContext(DirectoryContext);
  if (!directory) throw new Error('useDirectory outside of the signed-in part of the page');
  return directory;
}

export const useGroups = (): Groups => useReadable(useDirectory().groups);

export function useGroupLine(group: GroupId): GroupLine | undefined {
  return lineOf(useGroups(), group);
}
