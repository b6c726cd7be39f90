/** What reaches this page of one person. */
export interface Seen {
  /**
   * `none`: no picture is sent; `coming`: sent, but no frame has been shown yet; `off`: the camera is off; `held`: sound comes,
   * and the picture does not.
   */
  readonly picture: 'none' | 'coming' | 'shown' | 'off' | 'held';
  readonly voice: 'none' | 'on' | 'off';
  /** `off`: it is there, and this page receives sound alone. */
  readonly screen: 'none' | 'coming' | 'shown' | 'off' | 'held';
  readonly speaking: boolean;
}
export const unseen: Seen = { picture: 'none', voice: 'none', screen: 'none', speaking: false };

/** By the person's id. */
export type Faces = ReadonlyMap<string, Seen>;
