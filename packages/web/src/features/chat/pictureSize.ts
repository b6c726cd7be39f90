/** The box a picture gets in the chat, known before it loads: its shape kept, within bounds a thumb can hit. */
export function pictureSize(width: number, height: number): { readonly width: number; readonly height: number } {
  const [widest, highest, narrowest] = [240, 300, 96];
  const scale = Math.min(1, widest / width, highest / height);
  return {
    width: Math.round(Math.min(widest, Math.max(narrowest, width * scale))),
    height: Math.round(Math.min(highest, Math.max(narrowest, height * scale))),
  };
}
