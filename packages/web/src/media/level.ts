/**
 * Tells the loudness of a microphone, 0 to 1, at every animation frame. Returns the stop, which frees the audio context;
 * the track itself stays open.
 */
export function watchLevel(track: MediaStreamTrack, tell: (level: number) => void): () => void {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 512;
  context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  void context.resume();

  let frame = 0;
  const measure = () => {
    analyser.getFloatTimeDomainData(samples);
    tell(loudness(samples));
    frame = requestAnimationFrame(measure);
  };
  measure();

  return () => {
    cancelAnimationFrame(frame);
    void context.close();
  };
}

/** Root mean square on a scale as ears hear it: −50 dB is 0, −6 dB is 1. */
function loudness(samples: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < samples.length; i += 1) sum += (samples[i] ?? 0) ** 2;
  const decibel = 10 * Math.log10(sum / Math.max(1, samples.length) + 1e-12);
  return Math.min(1, Math.max(0, (decibel + 50) / 44));
}
