import type { UserId } from '@groupcast/protocol';
import type { View } from '../../media/cast.ts';
import type { Readable } from '../../media/cell.ts';
import { type Faces, type Seen, unseen } from '../../media/seen.ts';
import { useReadablePart } from '../../ui/useReadable.ts';

/** Where pictures of others come from: what one watches, or, for the host, the line that one sends on. */
export interface Cast {
  readonly faces: Readable<Faces>;
  attach(person: string, video: HTMLVideoElement, view: View): () => void;
}

const empty: Faces = new Map();
const noFaces: Readable<Faces> = { get: () => empty, subscribe: () => () => undefined };

/** What reaches this page of one person. */
export const useSeen = (cast: Pick<Cast, 'faces'> | undefined, person: UserId): Seen =>
  useReadablePart(cast?.faces ?? noFaces, (faces) => faces.get(person)) ?? unseen;
