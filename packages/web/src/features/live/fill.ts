import { createContext } from 'react';

/** Whether the live fills the window on a wide screen, instead of standing beside the chat. */
export const FillContext = createContext<{ readonly filled: boolean; readonly setFilled: (filled: boolean) => void }>({
  filled: false,
  setFilled: () => undefined,
});
