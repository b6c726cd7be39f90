import { useEffect, useState } from 'react';

/** Something with an end, for as long as the component is there and `make` is the same function. */
export function useLifetime<T extends { close(): void }>(make: () => T): T | undefined {
  const [thing, setThing] = useState<T>();
  useEffect(() => {
    const made = make();
    setThing(made);
    return () => {
      made.close();
      setThing(undefined);
    };
  }, [make]);
  return thing;
}
