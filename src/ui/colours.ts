/** Reads any colour of CSS as `rgb(r,g,b)` and its opacity 0–1: what neither WebGL nor other programs know is resolved. */
export function colourReader(): (colour: string) => { readonly rgb: string; readonly opacity: number } {
  const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  if (canvas === null) throw new Error('no 2D canvas');
  return (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [r = 0, g = 0, b = 0, a = 0] = canvas.getImageData(0, 0, 1, 1).data;
    return { rgb: `rgb(${r},${g},${b})`, opacity: Math.round((a / 255) * 100) / 100 };
  };
}
