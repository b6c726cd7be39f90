/** As many as a face needs; a picture that stands still is repeated, because a viewer who joins waits for the next frame. */
const framesPerSecond = 24;
const widest = 1280;

interface Source {
  readonly width: number;
  readonly height: number;
  readonly image: CanvasImageSource;
  end(): void;
}

/** A picture or a film (without its sound, over and over) as a camera shows it; undefined where this browser knows neither in it. */
export async function openFilePicture(file: Blob): Promise<MediaStreamTrack | undefined> {
  const source = await (file.type.startsWith('video/') ? film(file) : still(file)).catch(() => undefined);
  if (!source) return undefined;
  const scale = Math.min(1, widest / Math.max(source.width, source.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(2, Math.round(source.width * scale));
  canvas.height = Math.max(2, Math.round(source.height * scale));
  const context = canvas.getContext('2d', { alpha: false });
  const [track] = canvas.captureStream(framesPerSecond).getVideoTracks();
  if (!context || !track) return undefined;
  const draw = () => context.drawImage(source.image, 0, 0, canvas.width, canvas.height);
  draw();
  const timer = setInterval(() => {
    if (track.readyState === 'live') return draw();
    clearInterval(timer);
    source.end();
  }, 1_000 / framesPerSecond);
  return track;
}

async function still(file: Blob): Promise<Source> {
  const image = await createImageBitmap(file);
  return { width: image.width, height: image.height, image, end: () => image.close() };
}

async function film(file: Blob): Promise<Source> {
  const video = document.createElement('video');
  const end = () => {
    video.pause();
    URL.revokeObjectURL(video.src);
    video.removeAttribute('src');
  };
  Object.assign(video, { muted: true, loop: true, playsInline: true, src: URL.createObjectURL(file) });
  try {
    await video.play();
  } catch (cause) {
    end();
    throw new Error('not a film', { cause });
  }
  return { width: video.videoWidth, height: video.videoHeight, image: video, end };
}
