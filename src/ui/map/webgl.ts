/** Whether the browser draws with WebGL 2, which the map needs. The context asked for is given back at once. */
export function hasWebGL(): boolean {
  const context = document.createElement('canvas').getContext('webgl2');
  context?.getExtension('WEBGL_lose_context')?.loseContext();
  return context !== null;
}
